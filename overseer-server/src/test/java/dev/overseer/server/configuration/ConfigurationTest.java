package dev.overseer.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.ingestion.postgres.PostgresTls;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.model.ViewName;
import dev.overseer.model.WindowUnit;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.views.ViewLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final String SMALLEST =
      """
      sources:
        payments: { type: postgres, url: "jdbc:postgresql://db/payments" }
      models:
        withdrawal: { source: payments, table: public.withdrawals, key: id }
      views:
        withdrawal-alone: { root: withdrawal }
      """;

  private static final String JOINED =
      """
      sources:
        payments: { type: postgres, url: "jdbc:postgresql://db/payments", tables: [public.withdrawals, public.users] }
        ledger:   { type: postgres, url: "jdbc:postgresql://db/ledger", tables: [public.entries, public.books] }
      models:
        user:         { source: payments, table: public.users, key: id }
        withdrawal:   { source: payments, table: public.withdrawals, key: id, references: { user: user_id } }
        book:         { source: ledger, table: public.books, key: [region, number] }
        ledger-entry:
          source: ledger
          table: public.entries
          key: id
          references:
            withdrawal: withdrawal_id
            home: { model: book, columns: [book_region, book_number] }
            corrected: { model: ledger-entry, column: corrects }
      views:
        withdrawal-booking:
          root: withdrawal
          rootOptional: true
          join:
            book: { model: book, by: home, from: entries }
            entries: { model: ledger-entry, by: withdrawal, many: true }
            user: { model: user, by: user }
            corrections: { model: ledger-entry, by: corrected, from: entries, direction: member-to-parent, many: true }
      """;

  private static Configuration parse(String text) {
    return Configuration.parse("overseer.yaml", text, Path.of("/etc/overseer"));
  }

  @Test
  void a_total_is_by_a_reference_to_the_root_or_by_columns_that_match_its_own() {
    Configuration configuration =
        parse(
            """
            sources:
              ledger: { type: postgres, url: "jdbc:postgresql://db/ledger" }
            models:
              account: { source: ledger, table: public.accounts, key: [region, number] }
              statement: { source: ledger, table: public.statements, key: id }
              entry: { source: ledger, table: public.entries, key: id, references: { account: [acc_region, acc_number] } }
            views:
              limits:
                root: account
                totals:
                  count: { model: entry, by: account }
                  spent:
                    model: entry
                    by: account
                    sum: amount
                    per: currency
                    where: { status: [settled, booked], direction: debit }
                    window: { column: booked_at, of: day, zone: Europe/Berlin, last: 2 }
              of-day:
                root: statement
                totals:
                  booked: { model: entry, match: { acc_number: account }, window: { column: booked_at, of: month, at: day } }
            """);

    assertThat(configuration.definitions().view(new ViewName("limits")).totals())
        .containsExactly(
            new Total(
                "count", ofAccount(Optional.empty(), Optional.empty(), Map.of(), Optional.empty())),
            new Total(
                "spent",
                ofAccount(
                    Optional.of("amount"),
                    Optional.of("currency"),
                    Map.of("status", List.of("booked", "settled"), "direction", List.of("debit")),
                    Optional.of(
                        new Windows(
                            "booked_at",
                            WindowUnit.DAY,
                            ZoneId.of("Europe/Berlin"),
                            new Seen.Latest(2))))));
    TotalDefinition booked =
        configuration.definitions().view(new ViewName("of-day")).totals().getFirst().definition();
    assertThat(booked.columns()).containsExactly("acc_number");
    assertThat(booked.rootColumns()).containsExactly("account");
    assertThat(booked.windows())
        .contains(
            new Windows("booked_at", WindowUnit.MONTH, ZoneOffset.UTC, new Seen.AtColumn("day")));
  }

  private static TotalDefinition ofAccount(
      Optional<String> sum,
      Optional<String> per,
      Map<String, List<String>> where,
      Optional<Windows> windows) {
    return new TotalDefinition(
        new ModelName("entry"),
        List.of("acc_region", "acc_number"),
        new ModelName("account"),
        List.of("region", "number"),
        sum,
        per,
        where,
        windows);
  }

  @Test
  void the_smallest_file_gets_every_default() {
    Configuration configuration = parse(SMALLEST);

    assertThat(configuration.dataDirectory()).isEqualTo(Path.of("overseer-data"));
    assertThat(configuration.http()).isEqualTo(HttpSettings.onLoopback(8500));
    assertThat(configuration.checks()).isEqualTo(CheckSettings.defaults());
    assertThat(configuration.escalation()).isEqualTo(EscalationSettings.toTheLog());
    SourceSettings source = configuration.source(new SourceName("payments"));
    assertThat(source.tables()).containsExactly(new TableName("public", "withdrawals"));
    assertThat(source.slot()).isEqualTo("overseer_payments");
    assertThat(source.publication()).isEqualTo("overseer_payments");
    assertThat(source.clockOffset()).isZero();
    assertThat(source.commitSlack()).isEqualTo(Duration.ofMillis(250));
    assertThat(source.jumpMax()).isEqualTo(Duration.ofSeconds(10));
    assertThat(source.staleAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void every_setting_can_be_said() {
    Configuration configuration =
        parse(
            """
            dataDirectory: data
            http:
              bind: 0.0.0.0
              port: 9000
              token: ${file:token}
              tls: { keystore: server.p12, password: "${env:KEYSTORE_PASSWORD}" }
            checks: { directory: checks, start: beginning, starts: { fees: 2026-11-01T00:00:00Z, tax: now }, modes: { fees: observe, tax: paused, vat: active }, sweep: on-change, sweeps: { tax: off }, sweepRate: 50 }
            storage: { segmentSize: 8MiB }
            limits: { maxUpdatesPerRecord: 500, maxMembers: 20 }
            escalation:
              defaults: [log, on-call]
              webhooks:
                on-call: { url: "https://pager.example/in", secret: "${env:PAGER}" }
            sources:
              payments:
                type: postgres
                url: jdbc:postgresql://db/payments
                user: overseer
                password: ${env:PAYMENTS_PASSWORD}
                tables: public.withdrawals
                slot: watcher
                publication: watched
                clockOffset: -3s
                commitSlack: 1s
                jumpMax: 1m
                staleAfter: 2m
            models:
              withdrawal: { source: payments, table: public.withdrawals, key: id }
            views:
              withdrawal-alone: { root: withdrawal }
            """);

    assertThat(configuration.dataDirectory()).isEqualTo(Path.of("/etc/overseer/data"));
    assertThat(configuration.http().port()).isEqualTo(9000);
    assertThat(configuration.http().isOnLoopback()).isFalse();
    assertThat(configuration.http().token())
        .contains(new Secret.File(Path.of("/etc/overseer/token")));
    assertThat(configuration.http().tls())
        .contains(
            new HttpSettings.Tls(
                Path.of("/etc/overseer/server.p12"), new Secret.Environment("KEYSTORE_PASSWORD")));
    assertThat(configuration.checks().directory()).contains(Path.of("/etc/overseer/checks"));
    assertThat(configuration.checks().start()).isEqualTo(CheckStart.BEGINNING);
    assertThat(configuration.checks().startOf(new CheckName("others")))
        .isEqualTo(CheckStart.BEGINNING);
    assertThat(configuration.checks().startOf(new CheckName("tax"))).isEqualTo(CheckStart.NOW);
    assertThat(configuration.checks().sweeps())
        .isEqualTo(
            new SweepSettings(
                SweepPolicy.ON_CHANGE, Map.of(new CheckName("tax"), SweepPolicy.OFF), 50));
    assertThat(configuration.checks().startOf(new CheckName("fees")))
        .isEqualTo(new CheckStart.At(Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(Stream.of("fees", "tax", "vat", "others").map(CheckName::new))
        .extracting(configuration.checks()::mode)
        .containsExactly(CheckMode.OBSERVE, CheckMode.PAUSED, CheckMode.ACTIVE, CheckMode.ACTIVE);
    assertThat(configuration.storage().segmentSize().bytes()).isEqualTo(8 << 20);
    assertThat(configuration.limits()).isEqualTo(new ViewLimits(500, 20));
    assertThat(configuration.escalation().defaults()).containsExactly("log", "on-call");
    assertThat(configuration.escalation().webhooks())
        .containsEntry(
            "on-call",
            new EscalationSettings.Webhook(
                URI.create("https://pager.example/in"), new Secret.Environment("PAGER")));
    SourceSettings source = configuration.sources().getFirst();
    assertThat(source.user()).contains("overseer");
    assertThat(source.slot()).isEqualTo("watcher");
    assertThat(source.publication()).isEqualTo("watched");
    assertThat(source.clockOffset()).isEqualTo(Duration.ofSeconds(-3));
    assertThat(source.jumpMax()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_join_finds_out_who_holds_the_reference_and_parents_come_first() {
    var view = parse(JOINED).definitions().view(new ViewName("withdrawal-booking"));

    assertThat(view.rootOptional()).isTrue();
    assertThat(view.joins())
        .containsExactly(
            join("entries", "ledger-entry", "withdrawal", "withdrawal", true, true),
            join("book", "book", "entries", "home", false, false),
            join("user", "user", "withdrawal", "user", false, false),
            join("corrections", "ledger-entry", "entries", "corrected", true, true));
  }

  @Test
  void references_say_their_model_and_columns_short_or_long() {
    var entry = parse(JOINED).definitions().model(new ModelName("ledger-entry"));

    assertThat(entry.references())
        .containsEntry(
            new ReferenceName("withdrawal"),
            ReferenceDefinition.of(new ModelName("withdrawal"), "withdrawal_id"))
        .containsEntry(
            new ReferenceName("home"),
            ReferenceDefinition.of(new ModelName("book"), "book_region", "book_number"));
  }

  @Test
  void references_may_be_within_documents_and_arrays() {
    var entry =
        parse(
                JOINED
                    .replace("withdrawal_id", "details.withdrawal.id")
                    .replace("book_region, book_number", "region, \"books[].number\"")
                    .replace("by: home,", "by: home, many: true,"))
            .definitions()
            .model(new ModelName("ledger-entry"));

    assertThat(entry.references())
        .containsEntry(
            new ReferenceName("withdrawal"),
            ReferenceDefinition.of(new ModelName("withdrawal"), "details.withdrawal.id"))
        .containsEntry(
            new ReferenceName("home"),
            ReferenceDefinition.of(new ModelName("book"), "region", "books[].number"));
  }

  @Test
  void a_missing_file_says_how_to_name_one() {
    assertThatThrownBy(() -> Configuration.read(Path.of("nowhere.yaml")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("nowhere.yaml")
        .hasMessageContaining("--config");
  }

  @Test
  void a_sources_tls_may_be_a_mode_alone_or_with_whom_to_trust() {
    assertThat(tls("tls: require"))
        .contains(new PostgresTls(PostgresTls.Mode.REQUIRE, Optional.empty()));
    assertThat(tls("tls: { mode: verify-full, rootCertificate: ca.pem }"))
        .contains(
            new PostgresTls(
                PostgresTls.Mode.VERIFY_FULL, Optional.of(Path.of("/etc/overseer/ca.pem"))));
    assertThat(tls("user: overseer")).isEmpty();
    assertThatThrownBy(() -> tls("tls: verify"))
        .hasMessageContaining("disable, prefer, require, verify-ca, verify-full");
    assertThatThrownBy(() -> parse(withSource("?sslmode=disable", "tls: verify-full")))
        .hasMessageContaining("the address says how to use TLS already");
  }

  private static Optional<PostgresTls> tls(String line) {
    return parse(withSource("", line)).source(new SourceName("payments")).tls();
  }

  private static String withSource(String parameters, String line) {
    return """
    sources:
      payments:
        type: postgres
        url: "jdbc:postgresql://db/payments%s"
        %s
    models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
    views: { withdrawal-alone: { root: withdrawal } }
    """
        .formatted(parameters, line);
  }

  @Test
  void what_can_be_reached_from_elsewhere_needs_tls_and_a_token_whoever_configures_it() {
    assertThatThrownBy(() -> new HttpSettings("0.0.0.0", 0, Optional.empty(), Optional.empty()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("set http.tls and http.token, or bind to 127.0.0.1");
  }

  private static Join join(
      String alias, String model, String parent, String by, boolean toParent, boolean many) {
    return new Join(
        alias,
        new ModelName(model),
        parent,
        new ReferenceName(by),
        toParent ? Direction.MEMBER_TO_PARENT : Direction.PARENT_TO_MEMBER,
        many);
  }
}
