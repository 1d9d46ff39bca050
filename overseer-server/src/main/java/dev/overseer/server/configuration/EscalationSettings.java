package dev.overseer.server.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who can hear of violations and incidents.
 *
 * @param defaults the channels of checks that name none
 * @param webhooks by channel name
 * @param heartbeat who hears that all is well; absent: nobody
 */
public record EscalationSettings(
    List<String> defaults, Map<String, Webhook> webhooks, Optional<Heartbeat> heartbeat) {
  /** The channel that always exists. */
  public static final String LOG = "log";

  public EscalationSettings {
    defaults = List.copyOf(defaults);
    webhooks = Map.copyOf(webhooks);
  }

  /**
   * An address that is posted to.
   *
   * @param secret signs every post
   */
  public record Webhook(URI url, Secret secret) {}

  /**
   * What a dead man's switch waits for. Whoever knows such an address can say that all is well, so
   * it is kept like a password.
   *
   * @param url posted to while all is well
   * @param failingUrl posted to while it is not; absent: nothing is said then
   */
  public record Heartbeat(Secret url, Optional<Secret> failingUrl, Duration every) {}

  public static EscalationSettings toTheLog() {
    return new EscalationSettings(List.of(LOG), Map.of(), Optional.empty());
  }
}
