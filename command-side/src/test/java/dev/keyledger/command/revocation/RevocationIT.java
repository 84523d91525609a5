package dev.keyledger.command.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.revocation.Revocations.Revoked;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** From a secret that was found to a key that does not work, over PostgreSQL. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class RevocationIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final TestNode node;
  private final Revocations revocations;

  RevocationIT(TestNode node) {
    this.node = node;
    this.revocations = node.get(Revocations.class);
  }

  @Test
  void bothKindsOfSecretsAndBothKeysOfARotationAreFound(CapturedOutput log) throws Exception {
    Holder holder = node.holder();
    String pair = secret(make(holder, "Pair1x", null));
    Outcome.KeyMade made = make(holder, "Shared1x", "hmac-sha256");
    String old = secret(made);
    Challenge challenge =
        Holder.challenge(
            holder.send(new RotateKey(holder.accountId(), made.key().publicApiKey(), null, null)));
    Outcome.KeyReplaced replaced =
        (Outcome.KeyReplaced) holder.send(holder.codes(challenge)).outcome();
    String fresh = Objects.requireNonNull(replaced.secret()).reveal();

    assertThat(revocations.bySecret(pair)).isPresent();
    assertThat(revocations.bySecret(old))
        .map(Revoked::publicApiKey)
        .contains(made.key().publicApiKey());
    assertThat(revocations.bySecret(fresh))
        .map(Revoked::publicApiKey)
        .contains(replaced.key().publicApiKey());
    long position = holder.position();
    assertThat(revocations.bySecret(fresh)).map(Revoked::position).contains(position);

    assertThat(
            TestPlatform.get()
                .mailBox()
                .await(holder.email(), m -> m.text().contains("reported that it leaked"), SOON))
        .isPresent();
    assertThat(log).doesNotContain(old, fresh, pair);
  }

  @Test
  void theLeakOfAKeyThatItsOwnerDisabledIsToldToo() throws Exception {
    Holder holder = node.holder();
    Outcome.KeyMade made = make(holder, "Shared1x", "hmac-sha256");
    awaitHandles(holder, 1);
    holder.send(new DisableKey(holder.accountId(), made.key().publicApiKey()));

    assertThat(revocations.bySecret(secret(made))).isPresent();

    assertThat(
            TestPlatform.get()
                .mailBox()
                .await(holder.email(), m -> m.text().contains("reported that it leaked"), SOON))
        .isPresent();
  }

  @Test
  void aKeyThatIsGoneIsNotFound() {
    Holder holder = node.holder();
    String secret = secret(make(holder, "Shared1x", "hmac-sha256"));
    awaitHandles(holder, 1);
    holder.send(holder.codes(Holder.challenge(holder.send(new DeleteAll(holder.accountId())))));
    awaitHandles(holder, 0);

    assertThat(revocations.bySecret(secret)).isEqualTo(Optional.empty());
  }

  private static Outcome.KeyMade make(Holder holder, String label, @Nullable String algorithm) {
    Challenge challenge =
        Holder.challenge(
            holder.send(
                new CreateKey(holder.accountId(), label, null, null, algorithm, null, null, null)));
    return (Outcome.KeyMade) holder.send(holder.codes(challenge)).outcome();
  }

  private static String secret(Outcome.KeyMade made) {
    SecretText secret = Objects.requireNonNull(made.secret());
    return secret.reveal();
  }

  private void awaitHandles(Holder holder, long count) {
    await()
        .atMost(SOON)
        .until(() ->
            node.jdbc()
                    .sql("SELECT COUNT(*) FROM key_handle WHERE account_id = ?")
                    .param(holder.accountId())
                    .query(Long.class)
                    .single()
                == count);
  }
}
