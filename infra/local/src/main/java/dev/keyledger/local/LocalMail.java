package dev.keyledger.local;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** An SMTP server on loopback that sends nothing on and keeps what it gets in a mail box. */
public final class LocalMail implements AutoCloseable {
  private static final int CAPACITY = 10_000;

  private final GreenMail server;
  private final MailBox box;

  private LocalMail(GreenMail server, MailBox box) {
    this.server = server;
    this.box = box;
  }

  /** Starts the server on a port, or on a free one for 0. */
  public static LocalMail start(int port) {
    return start(port, new MailBox(CAPACITY));
  }

  /** Starts the server on a mail box that outlives it, to try what happens when SMTP is down. */
  public static LocalMail start(int port, MailBox box) {
    QuietLogs.quieten();
    var setup =
        new ServerSetup(
            port == 0 ? Ports.free() : port,
            Ports.loopback().getHostAddress(),
            ServerSetup.PROTOCOL_SMTP);
    GreenMail server = new GreenMail(setup);
    server
        .getUserManager()
        .setMessageDeliveryHandler((message, address) -> new Recipient(address.getEmail(), box));
    server.start();
    return new LocalMail(server, box);
  }

  public int port() {
    return server.getSmtp().getPort();
  }

  public MailBox box() {
    return box;
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Takes a delivery into our own box, where GreenMail's would grow without end. */
  private static final class Recipient extends UserImpl {
    private final transient MailBox box;

    Recipient(String address, MailBox box) {
      super(address, address, address, null);
      this.box = box;
    }

    @Override
    public void deliver(MovingMessage message) {
      try {
        var mime = message.getMessage();
        box.add(
            new Mail(
                MailBox.normalise(getEmail()),
                Objects.requireNonNullElse(mime.getSubject(), ""),
                text(mime),
                InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS)));
      } catch (MessagingException | IOException e) {
        throw new IllegalStateException("A mail could not be read", e);
      }
    }

    private static String text(Part part) throws MessagingException, IOException {
      if (part.isMimeType("text/plain")) {
        return part.getContent().toString();
      }
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          String text = text(parts.getBodyPart(i));
          if (!text.isEmpty()) {
            return text;
          }
        }
      }
      return "";
    }
  }
}
