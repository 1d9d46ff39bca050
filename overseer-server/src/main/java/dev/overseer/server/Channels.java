package dev.overseer.server;

import dev.overseer.runner.escalation.Channel;
import dev.overseer.runner.escalation.LogChannel;
import dev.overseer.runner.escalation.WebhookChannel;
import dev.overseer.server.configuration.EscalationSettings;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The configured ways to tell somebody, the log among them. */
final class Channels implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Set<String> names;
  private final List<Channel> all = new ArrayList<>();

  Channels(EscalationSettings settings, InstantSource clock) {
    names = settings.webhooks().keySet();
    all.add(new LogChannel());
    settings
        .webhooks()
        .forEach(
            (name, webhook) ->
                all.add(
                    new WebhookChannel(
                        name,
                        webhook.url(),
                        () -> webhook.secret().reveal().getBytes(StandardCharsets.UTF_8),
                        client,
                        clock)));
  }

  /** Those beside the log. */
  Set<String> names() {
    return names;
  }

  /** For others who post, until the channels are closed. */
  HttpClient client() {
    return client;
  }

  List<Channel> all() {
    return all;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
