package dev.keyledger.bench.bare;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers with a document as JSON. */
@RestController
class ListController {
  private final MongoCollection<Document> lists;

  ListController(MongoCollection<Document> lists) {
    this.lists = lists;
  }

  @GetMapping("/lists/{id}")
  Mono<Document> list(@PathVariable String id) {
    return Mono.from(lists.find(eq("_id", id)).first());
  }
}
