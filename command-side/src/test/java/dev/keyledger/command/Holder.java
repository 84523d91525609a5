package dev.keyledger.command;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.keyring.Tools;
import dev.keyledger.crypto.SecretText;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;

/** The holder of an account, who knows the codes without having to read mails. */
public final class Holder {
  private static final HmacOneTimePasswordGenerator TOTP = new HmacOneTimePasswordGenerator(6);

  private final TestNode node;
  private final String accountId;
  private @Nullable SecretText totpSecret;

  Holder(TestNode node, String accountId) {
    this.node = node;
    this.accountId = accountId;
  }

  public String accountId() {
    return accountId;
  }

  public String email() {
    return accountId + "@example.com";
  }

  /** The same account, seen from another node. */
  public Holder on(TestNode other) {
    Holder same = new Holder(other, accountId);
    same.totpSecret = totpSecret;
    return same;
  }

  public Decision send(KeyRingCommand command) {
    return node.rings().send(command, email());
  }

  public long position() {
    return node.rings().position(accountId);
  }

  public CreateKey createKey(String label) {
    return new CreateKey(accountId, label, null, null, null, null, null, null);
  }

  /** Opens a challenge for a key. */
  public Challenge open(String label) {
    return challenge(send(createKey(label)));
  }

  public static Challenge challenge(Decision decision) {
    return ((Outcome.ChallengeWaits) decision.outcome()).challenge();
  }

  public SecretText emailCode(Challenge challenge) {
    return node.get(Tools.class)
        .codes()
        .emailCode(challenge.rootKeyId(), challenge.challengeId(), challenge.issue());
  }

  /** The right codes; where a TOTP is asked for, the one of the present time step. */
  public VerifyCode codes(Challenge challenge) {
    SecretText totp = challenge.factors().contains(Challenge.TOTP) ? totp(0) : null;
    return new VerifyCode(accountId, challenge.challengeId(), emailCode(challenge), totp);
  }

  /** Makes a key: two commands, and three events. */
  public Decision make(String label) {
    return send(codes(open(label)));
  }

  /** Enrols an authenticator, with the code of the time step before the present one. */
  public SecretText enrol() {
    SecretText secret =
        ((Outcome.EnrolmentStarted) send(new EnableTwoFactor(accountId)).outcome()).secret();
    totpSecret = secret;
    send(new ConfirmTwoFactor(accountId, totp(-1)));
    return secret;
  }

  private SecretText totp(int stepsFromNow) {
    if (totpSecret == null) {
      throw new IllegalStateException("There is no authenticator.");
    }
    long step = Math.floorDiv(Instant.now().getEpochSecond(), 30) + stepsFromNow;
    SecretKeySpec key = new SecretKeySpec(Base32.decode(totpSecret.reveal()), "HmacSHA1");
    try {
      return SecretText.of(TOTP.generateOneTimePasswordString(key, step, Locale.ROOT));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
