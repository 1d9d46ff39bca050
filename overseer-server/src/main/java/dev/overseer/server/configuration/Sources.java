package dev.overseer.server.configuration;

import dev.overseer.ingestion.postgres.PostgresTls;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.SourceFile;
import dev.overseer.server.configuration.OverseerFile.SourceTlsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sources: each value in its range, and defaults that follow from the models. */
final class Sources {
  private static final String URL_PREFIX = "jdbc:postgresql:";
  private static final Duration COMMIT_SLACK = Duration.ofMillis(250);
  private static final Duration JUMP_MAX = Duration.ofSeconds(10);
  private static final Duration STALE_AFTER = Duration.ofSeconds(30);
  private static final Duration RETENTION_MIN = Duration.ofDays(1);
  private static final int ROWS_PER_SECOND = 50_000;
  private static final ByteSize RETAINED_WARNING = new ByteSize(10L << 30);
  private static final String OBJECT_NAME = "overseer";

  private final Path directory;
  private final PersonalDataSettings secrets;
  private final Mistakes mistakes;

  /**
   * @param secrets what personal values are treated with
   */
  Sources(Path directory, PersonalDataSettings secrets, Mistakes mistakes) {
    this.directory = directory;
    this.secrets = secrets;
    this.mistakes = mistakes;
  }

  List<SourceSettings> settings(Entries<SourceFile> entries, Models models) {
    refuseTwoOfOneDatabase(entries);
    return entries.list().stream()
        .flatMap(entry -> entry.value().find().map(it -> settings(entry, it, models)).stream())
        .toList();
  }

  /** Where the addresses tell; where only the databases do, it is refused when they are reached. */
  private void refuseTwoOfOneDatabase(Entries<SourceFile> entries) {
    Map<String, String> named = new HashMap<>();
    for (Entry<SourceFile> entry : entries.list()) {
      Optional<Given<String>> url = entry.value().find().flatMap(file -> file.url().given());
      url.ifPresent(
          it -> {
            String first = named.putIfAbsent(withoutParameters(it.value()), entry.name());
            if (first != null) {
              mistakes.add(
                  it.place(),
                  "sources '%s' and '%s' are the same database".formatted(first, entry.name()),
                  "one source for it, with the tables of both");
            }
          });
    }
  }

  private static String withoutParameters(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("^(jdbc:postgresql://[^/:]+)/", "$1:5432/");
  }

  private SourceSettings settings(Entry<SourceFile> entry, SourceFile file, Models models) {
    file.url().given().ifPresent(this::checkUrl);
    file.slot().given().ifPresent(this::checkSlot);
    file.tls().given().ifPresent(tls -> refuseTwoModes(file, tls));
    List<TableName> modelled = models.tablesOf(entry.name());
    List<TableName> tables =
        file.tables()
            .find()
            .map(fields -> fields.stream().flatMap(it -> table(it).stream()).distinct().toList())
            .orElse(modelled);
    if (tables.isEmpty() && file.tables().isAbsent() && models.sayTheirSources()) {
      mistakes.add(
          entry.place(),
          "nothing is watched of source '%s'".formatted(entry.name()),
          "tables: [schema.table], or a model of it");
    }
    return new SourceSettings(
        new SourceName(entry.name()),
        file.url().orElse(URL_PREFIX),
        file.user().find(),
        file.password().find().map(secret -> secret.relativeTo(directory)),
        file.tls().find().map(this::tls),
        tables,
        new Treatments(entry.name(), tables, models, secrets, mistakes)
            .settings(file.treat().orElse(Entries.none())),
        file.slot().orElse(objectName(entry.name())),
        file.publication().orElse(objectName(entry.name())),
        file.clockOffset().orElse(Duration.ZERO),
        notNegative(file.commitSlack()).orElse(COMMIT_SLACK),
        notNegative(file.jumpMax()).orElse(JUMP_MAX),
        notNegative(file.staleAfter()).orElse(STALE_AFTER),
        atLeastOne(file.rowsPerSecond()).orElse(ROWS_PER_SECOND),
        file.retainedWarning().orElse(RETAINED_WARNING),
        file.retainedMax().find(),
        positive(file.heartbeat()),
        retention(file.retention()));
  }

  /** Slots and publications are named for their source, so that two of one server do not meet. */
  private static String objectName(String source) {
    String plain = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    String name = OBJECT_NAME + "_" + plain;
    return name.substring(0, Math.min(name.length(), 63));
  }

  private void checkUrl(Given<String> url) {
    if (!url.value().startsWith(URL_PREFIX)) {
      mistakes.add(
          url.place(),
          "this is no address of a Postgres database",
          "jdbc:postgresql://host:port/database",
          Optional.of(url.value())
              .filter(it -> it.matches("postgres(ql)?://[^@]*"))
              .map(it -> "jdbc:postgresql:" + it.substring(it.indexOf("//"))));
    } else if (url.value().matches("(?i).*[?&]password=.*")) {
      mistakes.hide(url.place());
      mistakes.add(
          url.place(), "the address contains a password", "the key 'password': ${env:NAME}");
    }
  }

  private void checkSlot(Given<String> slot) {
    if (!slot.value().matches("[a-z0-9_]{1,63}")) {
      mistakes.add(
          slot.place(),
          "Postgres takes no slot of the name '%s'".formatted(slot.value()),
          "1 to 63 of a-z, 0-9, _",
          Optional.of(slot.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_")));
    }
  }

  private PostgresTls tls(SourceTlsFile file) {
    return new PostgresTls(
        file.mode().orElse(PostgresTls.Mode.VERIFY_FULL),
        file.rootCertificate().find().map(directory::resolve));
  }

  /** The address would win, unseen. */
  private void refuseTwoModes(SourceFile file, Given<SourceTlsFile> tls) {
    if (file.url().orElse("").matches("(?i).*[?&]ssl(mode|rootcert)?=.*")) {
      mistakes.add(
          tls.place(), "the address says how to use TLS already", "'tls' without ssl... in 'url'");
    }
  }

  private Optional<TableName> table(Field<String> field) {
    return field.given().flatMap(table -> Models.table(table, mistakes));
  }

  private Optional<Integer> atLeastOne(Field<Integer> field) {
    field
        .given()
        .filter(it -> it.value() < 1)
        .ifPresent(it -> mistakes.add(it.place(), "this is no rate", "1 or more"));
    return field.find();
  }

  private Optional<Duration> positive(Field<Duration> field) {
    field
        .given()
        .filter(it -> it.value().isZero() || it.value().isNegative())
        .ifPresent(it -> mistakes.add(it.place(), "this is no interval", "more than 0s"));
    return field.find();
  }

  /** A fork may disown what a standby lagged behind: that must not be deleted by then. */
  private Optional<Duration> retention(Field<Duration> field) {
    field
        .given()
        .filter(it -> it.value().compareTo(RETENTION_MIN) < 0)
        .ifPresent(
            it -> mistakes.add(it.place(), "this is too soon to delete changes", "1d or more"));
    return field.find();
  }

  private Optional<Duration> notNegative(Field<Duration> field) {
    field
        .given()
        .filter(it -> it.value().isNegative())
        .ifPresent(it -> mistakes.add(it.place(), "this is less than nothing", "0s or more"));
    return field.find();
  }
}
