package dev.overseer.server.configuration;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Who can hear of violations and incidents.
 *
 * @param defaults the channels of checks that name none
 * @param webhooks by channel name
 */
public record EscalationSettings(List<String> defaults, Map<String, Webhook> webhooks) {
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

  public static EscalationSettings toTheLog() {
    return new EscalationSettings(List.of(LOG), Map.of());
  }
}
