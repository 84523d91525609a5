package dev.keyledger.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class PlatformIT {
  private final TestPlatform platform = TestPlatform.get();

  @Test
  void givesEachTestADatabaseOfItsOwn() throws Exception {
    for (int i = 0; i < 2; i++) {
      Database database = platform.freshDatabase();
      try (var connection =
              DriverManager.getConnection(
                  database.jdbcUrl(), database.user(), database.password());
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE same_name (n int)");
      }
    }
    assertThat(platform.freshMongoDatabase()).isNotEqualTo(platform.freshMongoDatabase());
  }

  @Test
  void hasABroker() throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void servesTheKeysOfItsTokens() throws Exception {
    assertThat(platform.token("alice", "alice@example.com", "keys:verify").split("\\.")).hasSize(3);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(platform.jwksUrl())).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("\"kty\":\"RSA\"");
    }
  }

  @Test
  void wiresBothServices() {
    assertThat(platform.commandSideProperties())
        .containsKeys(
            "spring.datasource.url", "spring.mail.port", "spring.kafka.bootstrap-servers");
    assertThat(platform.querySideProperties().get("spring.mongodb.uri")).startsWith("mongodb://");
    assertThat(Base64.getDecoder().decode(TestPlatform.ROOT_KEY)).hasSize(32);
  }
}
