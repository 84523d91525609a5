package dev.keyledger.bench.bare;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

/** One endpoint that finds one document by its id; it starts with the documents of a file. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ListController.class)
class ListApplication {

  @Bean
  MongoClient mongo(@Value("${bench.mongo.uri}") String uri) {
    return MongoClients.create(uri);
  }

  /**
   * @param file one document in JSON per line
   */
  @Bean
  MongoCollection<Document> lists(MongoClient mongo, @Value("${bench.documents}") Path file)
      throws IOException {
    MongoCollection<Document> lists = mongo.getDatabase("keyledger_bench").getCollection("lists");
    List<Document> documents = Files.readAllLines(file).stream().map(Document::parse).toList();
    Mono.from(lists.drop()).then(Mono.from(lists.insertMany(documents))).block();
    return lists;
  }
}
