package dev.overseer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.server.commands.OverseerCommand;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.testkit.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on two real databases that hold what must be stored nowhere. */
@TestInstance(Lifecycle.PER_CLASS)
class PersonalDataIT {
  private static final String PLAIN = "xyzzy";

  private final PostgresServer postgres =
      PostgresServer.builder().setting("logical_decoding_work_mem", "64kB").start();
  @TempDir private Path directory = Path.of("");

  record Customer(String email, Optional<String> phone) {}

  record Account(String email) {}

  record CustomerAccounts(Customer customer, List<Account> accounts) {}

  private static final CheckModule CHECKS =
      checks ->
          checks.check(
              "customer-has-one-account",
              CustomerAccounts.class,
              view ->
                  view.accounts().size() == 1
                          && view.accounts().getFirst().email().equals(view.customer().email())
                      ? Outcome.passed()
                      : Outcome.failed("accounts", "It has another number", 1, view.accounts()));

  record Letter(String addressee) {}

  record Person(String name) {}

  record LetterTo(Letter letter, Optional<Person> person) {}

  private static final CheckModule LETTERS =
      checks ->
          checks.check(
              "letter-is-addressed-right",
              LetterTo.class,
              view ->
                  view.person()
                          .map(Person::name)
                          .filter(view.letter().addressee()::equals)
                          .isPresent()
                      ? Outcome.passed()
                      : Outcome.failed(
                          "addressee", "It is another", "", view.letter().addressee()));

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void what_is_treated_is_stored_nowhere_and_joins_over_it_all_the_same() throws Exception {
    postgres.execute("CREATE DATABASE shop", "CREATE DATABASE bank");
    run(
        "shop",
        "CREATE TABLE customers (id int PRIMARY KEY, email text, phone text, card text)",
        "CREATE TABLE nameless (id int, email text)",
        "ALTER TABLE nameless REPLICA IDENTITY FULL",
        "INSERT INTO customers SELECT n, 'xyzzy@' || n, 'xyzzy' || n, 'xyzzy' FROM"
            + " generate_series(1, 20) n");
    run(
        "bank",
        "CREATE TABLE accounts (email varchar(80) PRIMARY KEY, owner text)",
        "INSERT INTO accounts SELECT 'xyzzy@' || n, 'xyzzy' FROM generate_series(1, 20) n");
    try (Overseer overseer = start()) {
      soon().until(() -> overseer.desk().readiness().ready());
      run(
          "shop",
          "INSERT INTO customers VALUES (21, 'xyzzy@21', NULL, 'xyzzy')",
          "UPDATE customers SET email = 'xyzzy@2000' WHERE id = 2",
          "UPDATE customers SET id = 300 WHERE id = 3",
          "DELETE FROM customers WHERE id = 4",
          "INSERT INTO nameless VALUES (NULL, 'xyzzy')");
      run("bank", "DELETE FROM accounts WHERE email = 'xyzzy@5'");
      try (Connection large = connect("shop");
          Statement statement = large.createStatement()) {
        large.setAutoCommit(false);
        statement.execute(
            "INSERT INTO customers SELECT n, 'xyzzy@5000', 'xyzzy' || n, 'xyzzy' FROM"
                + " generate_series(1001, 3000) n");
        soon().until(() -> bytesBelow(directory.resolve("data/spools")) > 0);
        assertNothingIsPlainOnDisk();
        large.rollback();
      }
      soon().until(() -> open(overseer).equals(List.of("2", "21", "5")));
      soon().until(() -> incidents(overseer).contains("dead-letters"));
      assertNothingIsPlainIn(overseer);
      assertNothingIsPlainOnDisk();
    }
    assertNothingIsPlainOnDisk();
  }

  @Test
  void what_is_encrypted_outlives_a_lost_machine_and_is_unknown_once_its_subject_is_erased()
      throws Exception {
    postgres.execute("CREATE DATABASE crm");
    run(
        "crm",
        "CREATE TABLE persons (id int PRIMARY KEY, name text)",
        "CREATE TABLE letters (id int PRIMARY KEY, person int, addressee varchar(40))",
        "INSERT INTO persons VALUES (1, 'xyzzy ann'), (2, 'xyzzy eve')");
    try (Overseer overseer = startCrm("crm")) {
      soon().until(() -> overseer.desk().readiness().ready());
      run("crm", "INSERT INTO letters VALUES (1, 1, 'xyzzy ann'), (2, 2, 'xyzzy bob')");
      soon().until(() -> open(overseer).equals(List.of("2")));
      assertNothingIsPlainIn(overseer);

      Erasure erasure =
          overseer.desk().erase(new ErasureRequest("person", "1", "ann", "article 17"));
      run("crm", "UPDATE letters SET person = 1 WHERE id = 1");
      soon().until(() -> overseer.desk().checks().getFirst().inconclusive() > 0);
      assertThat(open(overseer)).containsExactly("2");
      assertThat(erasure.subject()).hasSize(64);
    }
    assertNothingIsPlainOnDisk();
    assertThat(
            OverseerCommand.execute(
                new ServerProgram(),
                List.of(),
                nowhere(),
                nowhere(),
                "verify",
                "--data-dir",
                directory.resolve("crm").toString()))
        .isZero();
    try (Overseer overseer = startCrm("new")) {
      run("crm", "UPDATE letters SET addressee = 'xyzzy ann' WHERE id = 1");
      run("crm", "UPDATE persons SET name = 'xyzzy bob' WHERE id = 2");
      soon().until(() -> open(overseer).isEmpty());
      assertThat(overseer.desk().checks().getFirst().inconclusive()).isEqualTo(1);
    }
  }

  private Overseer startCrm(String machine) throws IOException {
    return start(
        """
        dataDirectory: %s
        http: { port: 0 }
        storage: { durability: object-store, archive: { directory: archive } }
        personalData: { masterKey: "${file:key}" }
        sources:
          crm:
            type: postgres
            url: "%s"
            treat:
              public.persons:
                name: { as: encrypt, subject: id, kind: person }
              public.letters:
                addressee: { as: encrypt, subject: person, kind: person }
        models:
          person: { source: crm, table: public.persons, key: id }
          letter:
            source: crm
            table: public.letters
            key: id
            references: { person: person }
        views:
          letter-to:
            root: letter
            join: { person: { model: person, by: person } }
        """
            .formatted(machine, postgres.jdbcUrl("crm")),
        LETTERS);
  }

  private Overseer start(String text, CheckModule checks) throws IOException {
    Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef");
    return Overseer.start(Configuration.parse("overseer.yaml", text, directory), List.of(checks));
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  private Overseer start() throws IOException {
    return start(
        """
        dataDirectory: data
        http: { port: 0 }
        personalData: { hashKey: "${file:key}" }
        sources:
          shop:
            type: postgres
            url: "%s"
            treat:
              public.customers: { email: hash, phone: hash, card: drop }
              public.nameless: { email: hash }
          bank:
            type: postgres
            url: "%s"
            treat:
              public.accounts: { email: hash, owner: drop }
        models:
          customer:
            source: shop
            table: public.customers
            key: id
            references: { account: email }
          nameless: { source: shop, table: public.nameless, key: id }
          account: { source: bank, table: public.accounts, key: email }
        views:
          customer-accounts:
            root: customer
            join: { accounts: { model: account, by: account, many: true } }
        """
            .formatted(postgres.jdbcUrl("shop"), postgres.jdbcUrl("bank")),
        CHECKS);
  }

  private static List<String> open(Overseer overseer) {
    return overseer
        .desk()
        .violations(new Query(Optional.of("open"), Optional.empty(), 0, 100))
        .items()
        .stream()
        .map(ViolationSummary::root)
        .map(root -> root.replaceAll(".*[(\\[/ ]|[)\\]]", ""))
        .sorted()
        .toList();
  }

  private static List<String> incidents(Overseer overseer) {
    return overseer
        .desk()
        .incidents(new Query(Optional.of("open"), Optional.empty(), 0, 100))
        .items()
        .stream()
        .map(IncidentSummary::kind)
        .toList();
  }

  /** Where blocks are packed, their bytes tell little. */
  private static void assertNothingIsPlainIn(Overseer overseer) {
    UpdateLogCodec codec = new UpdateLogCodec();
    try (LogReader<LogRecord> reader = overseer.updateLog().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        assertThat(new String(codec.encode(reader.record()), UTF_8)).doesNotContain(PLAIN);
      }
    }
  }

  private void assertNothingIsPlainOnDisk() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1).contains(PLAIN))
            .as(file.toString())
            .isFalse();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private void run(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return postgres.connect(database);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }
}
