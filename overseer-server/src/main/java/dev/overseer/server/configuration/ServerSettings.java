package dev.overseer.server.configuration;

import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.server.configuration.EscalationSettings.Heartbeat;
import dev.overseer.server.configuration.EscalationSettings.Webhook;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.HttpSettings.Tls;
import dev.overseer.server.configuration.OverseerFile.ChecksFile;
import dev.overseer.server.configuration.OverseerFile.EscalationFile;
import dev.overseer.server.configuration.OverseerFile.HeartbeatFile;
import dev.overseer.server.configuration.OverseerFile.HttpFile;
import dev.overseer.server.configuration.OverseerFile.LimitsFile;
import dev.overseer.server.configuration.OverseerFile.PersonalDataFile;
import dev.overseer.server.configuration.OverseerFile.TlsFile;
import dev.overseer.server.configuration.OverseerFile.WebhookFile;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** The parts of the file that say how the server itself is run. */
final class ServerSettings {
  private static final int PORT_MAX = 65_535;
  private static final Duration HEARTBEAT_EVERY = Duration.ofMinutes(1);
  private static final Duration HEARTBEAT_MIN = Duration.ofSeconds(1);
  private static final Duration CANARY_EVERY = Duration.ofMinutes(1);
  private static final Duration CANARY_MIN = Duration.ofSeconds(1);

  private final Path directory;
  private final Mistakes mistakes;

  ServerSettings(Path directory, Mistakes mistakes) {
    this.directory = directory;
    this.mistakes = mistakes;
  }

  HttpSettings http(HttpFile file) {
    HttpSettings defaults = HttpSettings.defaults();
    Optional<Secret> token = file.token().find().map(this::located);
    Optional<Tls> tls = file.tls().find().flatMap(this::tls);
    int port = file.port().orElse(defaults.port());
    if (port < 0 || port > PORT_MAX) {
      mistakes.add(Place.of(file.port()), "there is no port " + port, "0 (any) to " + PORT_MAX);
    }
    String bind = file.bind().orElse(defaults.bind());
    Optional<String> fault =
        HttpSettings.fault(bind, !file.tls().isAbsent(), !file.token().isAbsent());
    fault.ifPresent(it -> mistakes.add(Place.of(file.bind()), it, ""));
    return mistakes.isEmpty() ? new HttpSettings(bind, port, token, tls) : defaults;
  }

  private Optional<Tls> tls(TlsFile file) {
    return file.keystore()
        .find()
        .flatMap(
            keystore ->
                file.password()
                    .find()
                    .map(secret -> new Tls(directory.resolve(keystore), located(secret))));
  }

  CheckSettings checks(ChecksFile file) {
    CheckSettings defaults = CheckSettings.defaults();
    return new CheckSettings(
        file.directory().find().map(directory::resolve),
        file.start().orElse(defaults.start()),
        byCheck(file.starts().orElse(Entries.none())),
        modes(file.modes().orElse(Entries.none())),
        sweeps(file));
  }

  private SweepSettings sweeps(ChecksFile file) {
    int rate = file.sweepRate().orElse(SweepSettings.RECORDS_PER_SECOND);
    if (rate < 1 || rate > SweepSettings.RECORDS_PER_SECOND_MAX) {
      mistakes.add(
          Place.of(file.sweepRate()),
          "so many records a second are not looked at",
          "1 to " + SweepSettings.RECORDS_PER_SECOND_MAX);
    }
    return new SweepSettings(
        file.sweep().orElse(SweepSettings.POLICY),
        byCheck(file.sweeps().orElse(Entries.none())),
        rate);
  }

  private static Map<String, CheckSettings.Mode> modes(Entries<CheckMode> entries) {
    Map<String, CheckSettings.Mode> modes = new LinkedHashMap<>();
    for (var entry : entries.list()) {
      entry
          .value()
          .find()
          .ifPresent(
              mode -> {
                Place at = entry.place();
                String place = "line %d, column %d".formatted(at.line(), at.column());
                modes.put(entry.name(), new CheckSettings.Mode(mode, place));
              });
    }
    return modes;
  }

  private <T> Map<CheckName, T> byCheck(Entries<T> entries) {
    Map<CheckName, T> values = new LinkedHashMap<>();
    for (var entry : entries.list()) {
      try {
        CheckName name = new CheckName(entry.name());
        entry.value().find().ifPresent(value -> values.put(name, value));
      } catch (InvalidRequest noName) {
        mistakes.add(entry.place(), String.valueOf(noName.getMessage()), "the name of a check");
      }
    }
    return values;
  }

  EscalationSettings escalation(EscalationFile file) {
    Entries<WebhookFile> entries = file.webhooks().orElse(Entries.none());
    Map<String, Webhook> webhooks = new LinkedHashMap<>();
    for (var entry : entries.list()) {
      if (entry.name().equals(EscalationSettings.LOG)) {
        mistakes.add(entry.place(), "the channel 'log' always exists", "another name");
      }
      entry
          .value()
          .find()
          .flatMap(this::webhook)
          .ifPresent(webhook -> webhooks.put(entry.name(), webhook));
    }
    SequencedSet<String> channels = new LinkedHashSet<>(entries.names());
    channels.add(EscalationSettings.LOG);
    List<Field<String>> defaults =
        file.defaults().orElse(List.of(new Given<>(EscalationSettings.LOG, Place.START)));
    defaults.forEach(channel -> channel.given().ifPresent(it -> requireChannel(it, channels)));
    return new EscalationSettings(
        defaults.stream().flatMap(channel -> channel.find().stream()).toList(),
        webhooks,
        file.heartbeat().find().flatMap(this::heartbeat));
  }

  private Optional<Heartbeat> heartbeat(HeartbeatFile file) {
    Duration every = file.every().orElse(HEARTBEAT_EVERY);
    if (every.compareTo(HEARTBEAT_MIN) < 0) {
      mistakes.add(Place.of(file.every()), "this is too often for a heartbeat", "1s or more");
    }
    return file.url()
        .find()
        .map(
            url -> new Heartbeat(located(url), file.failingUrl().find().map(this::located), every));
  }

  private void requireChannel(Given<String> channel, Set<String> channels) {
    if (!channels.contains(channel.value())) {
      mistakes.add(
          channel.place(),
          "there is no channel '%s'".formatted(channel.value()),
          "one of " + String.join(", ", channels),
          Nearest.to(channel.value(), channels));
    }
  }

  private Optional<Webhook> webhook(WebhookFile file) {
    return file.url()
        .find()
        .flatMap(url -> file.secret().find().map(it -> new Webhook(url, located(it))));
  }

  /**
   * @param every nothing where the file says nothing of it
   */
  Optional<Duration> canary(Optional<Field<Duration>> every) {
    Duration period = every.map(field -> field.orElse(CANARY_EVERY)).orElse(CANARY_EVERY);
    if (period.isZero()) {
      return Optional.empty();
    }
    if (period.compareTo(CANARY_MIN) < 0) {
      every.ifPresent(
          field ->
              mistakes.add(
                  Place.of(field), "a break cannot be found so soon", "1s or more, or 0s: never"));
    }
    return Optional.of(period);
  }

  PersonalDataSettings personalData(PersonalDataFile file) {
    return new PersonalDataSettings(
        file.hashKey().find().map(this::located), file.masterKey().find().map(this::located));
  }

  ViewLimits limits(LimitsFile file) {
    ViewLimits defaults = ViewLimits.DEFAULT;
    return new ViewLimits(
        atLeastOne(file.maxUpdatesPerRecord(), defaults.updatesPerRecordMax()),
        atLeastOne(file.maxMembers(), defaults.membersMax()));
  }

  private int atLeastOne(Field<Integer> field, int fallback) {
    int limit = field.orElse(fallback);
    if (limit < 1) {
      mistakes.add(Place.of(field), "nothing could be read", "1 or more");
      return fallback;
    }
    return limit;
  }

  private Secret located(Secret secret) {
    return secret.relativeTo(directory);
  }
}
