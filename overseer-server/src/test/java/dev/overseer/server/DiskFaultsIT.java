package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.LogOffset;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Query;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole program under load, on a real disk that is full, read-only or denied for a while. */
@TestInstance(Lifecycle.PER_CLASS)
class DiskFaultsIT {
  private static final int DISK_MEBIBYTES = 96;
  private static final CheckModule CHECKS =
      checks ->
          checks.check(
              "withdrawal-is-small",
              WithdrawalAlone.class,
              view ->
                  view.withdrawal().amount() < 1_000
                      ? Outcome.passed()
                      : Outcome.failed("too-large", "It is too large"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  @TempDir private Path directory = Path.of("");
  private @Nullable PostgresServer postgres;
  private @Nullable HttpServer receiver;
  private @Nullable SmallDisk disk;
  private @Nullable CountedLives lives;
  private int tests;
  private int port;

  record Withdrawal(long id, long amount) {}

  record WithdrawalAlone(Withdrawal withdrawal) {}

  private record Told(String delivery, String body) {}

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        SmallDisk.isPossible(),
        "Nothing is tested of full, read-only and denied disks: this takes the right to mount");
    postgres = PostgresServer.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  private void receive(HttpExchange request) throws IOException {
    String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    told.add(new Told(request.getRequestHeaders().getFirst("X-Overseer-Delivery"), body));
    request.sendResponseHeaders(204, -1);
    request.close();
  }

  @AfterAll
  void stop() {
    client.close();
    if (receiver != null) {
      receiver.stop(0);
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    tests++;
    disk = SmallDisk.mount(directory.resolve("disk-" + tests), DISK_MEBIBYTES);
    Files.writeString(directory.resolve("secret"), "a shared secret");
    postgres().execute("CREATE DATABASE payments_" + tests);
    payments("CREATE TABLE withdrawals (id bigint PRIMARY KEY, amount bigint, note text)");
    told.clear();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void unmount() {
    disk().close();
  }

  @Test
  void a_disk_that_is_full_is_told_while_nothing_can_be_stored_and_loses_nothing() {
    try (Running _ = run("0B")) {
      awaitTailing();
      insert(1, 500);
      disk().fill();
      insert(501, 3_000);

      soon().until(this::isFullAndRefused);
      assertThat(readiness()).contains("are free", "are needed", "Nothing is taken in");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
      assertThat(get("/api/v1/incidents?state=open").body()).contains("disk-full");
      assertThat(get("/metrics").body()).contains("overseer_intake_paused 1.0");
      soon().until(() -> told("opened", "disk-full").size() == 1);
      insert(3_001, 3_100);

      disk().free();
      soon().until(() -> lives().count() > 1 && openViolations() == 2_101);
      assertThat(stored()).isEqualTo(3_100);
      soon().until(() -> told("healed", "disk-full").size() == 1);
      assertThat(incidents("healed"))
          .anySatisfy(
              it -> {
                assertThat(it.kind()).isEqualTo("disk-full");
                assertThat(it.text()).matches("It is over, after \\d+ s");
              });
      assertThat(told("opened", "disk-full")).as("one key, however often sent").hasSize(1);
      soon().until(() -> get("/health/ready").statusCode() == 200);
    }
  }

  @Test
  void a_disk_that_is_nearly_full_pauses_intake_while_all_else_goes_on() {
    try (Running _ = run("16MiB")) {
      awaitTailing();
      insert(1, 1_020);
      soon().until(() -> openViolations() == 21);
      disk().fillUpTo(8 << 20);
      soon().until(() -> incidents("open").stream().anyMatch(it -> it.kind().equals("disk-full")));
      assertThat(get("/health/ready").body()).contains("nothing is taken in", "is full");
      assertThat(get("/metrics").body())
          .contains("overseer_intake_paused 1.0")
          .containsPattern("overseer_disk_free_bytes [\\d.]+")
          .containsPattern("overseer_disk_reserve_bytes 1\\.6777216E7");
      long before = lives().first().updateLog().end().value();
      insert(1_021, 1_040);
      soon().until(() -> told("opened", "disk-full").size() == 1);
      assertThat(lives().first().updateLog().end().value()).isLessThanOrEqualTo(before + 20);

      disk().free();
      soon().until(() -> openViolations() == 41);
      assertThat(stored()).isEqualTo(1_040);
      soon().until(() -> told("healed", "disk-full").size() == 1);
      assertThat(lives().count()).as("made once").isEqualTo(1);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void a_right_that_is_lost_pauses_intake_until_it_is_back() {
    try (Running _ = run("0B")) {
      awaitTailing();
      disk().deny(data().resolve("updates"));
      soon().until(() -> readiness().contains("may not write to"));
      insert(1, 3_000);
      soon().until(() -> told("opened", "disk-denied").size() == 1);
      assertThat(told("opened", "disk-denied").getFirst())
          .contains(System.getProperty("user.name"), data().resolve("updates").toString(), "chown");

      disk().allow(data().resolve("updates"));
      soon().until(() -> openViolations() == 2_001);
      assertThat(stored()).isEqualTo(3_000);
      soon().until(() -> told("healed", "disk-denied").size() == 1);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void a_server_whose_disk_is_read_only_waits_for_it_and_answers_meanwhile() {
    try (Running _ = run("0B")) {
      awaitTailing();
      insert(1, 1_100);
      soon().until(() -> openViolations() == 101);
    }
    disk().makeReadOnly();
    try (Running _ = run("0B")) {
      soon().until(() -> readiness().contains("is read-only"));
      assertThat(readiness()).contains("remount,rw");
      soon().until(() -> told("opened", "disk-read-only").size() == 1);
      insert(1_101, 1_200);

      disk().makeWritable();
      soon().until(() -> lives().count() == 1 && openViolations() == 201);
      assertThat(stored()).isEqualTo(1_200);
      soon().until(() -> told("healed", "disk-read-only").size() == 1);
    }
  }

  /** The program, until it is closed. */
  private record Running(CompletableFuture<@Nullable Void> stop, CompletableFuture<Boolean> ended)
      implements AutoCloseable {
    @Override
    public void close() {
      stop.complete(null);
      assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }
  }

  private Running run(String minFree) {
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    CountedLives counted =
        new CountedLives(
            new Lives.Configured(configuration(minFree), LoadedChecks.of(List.of(CHECKS))));
    lives = counted;
    Renewal renewal = new Renewal(counted, stop, InstantSource.system());
    return new Running(stop, CompletableFuture.supplyAsync(renewal::run));
  }

  private Configuration configuration(String minFree) {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: %s
        http: { port: %d }
        storage: { segmentSize: 1MiB, local: { minFree: %s } }
        escalation:
          defaults: [on-call]
          webhooks: { on-call: { url: "http://127.0.0.1:%d/", secret: "${file:secret}" } }
        sources: { payments: { type: postgres, url: "%s", slot: payments_%d } }
        models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
        views: { withdrawal-alone: { root: withdrawal } }
        """
            .formatted(
                data(),
                port,
                minFree,
                receiver().getAddress().getPort(),
                postgres().jdbcUrl("payments_" + tests),
                tests),
        directory);
  }

  private Path data() {
    return disk().path().resolve("data");
  }

  private void awaitTailing() {
    soon()
        .until(
            () ->
                !lives().isEmpty()
                    && lives().last().desk().sources().stream()
                        .allMatch(it -> it.state().equals("tailing"))
                    && lives().last().desk().checks().getFirst().coveredUntil().isPresent());
  }

  /** Amounts are as large as the ids, so each from 1,000 on is a violation. */
  private void insert(int from, int to) {
    payments(
        "INSERT INTO withdrawals SELECT i, i, repeat(md5(i::text), 30) FROM generate_series(%d, %d) i"
            .formatted(from, to));
  }

  /** A server that ends gives back what its stores had put by, so it is filled again. */
  private boolean isFullAndRefused() {
    disk().fill();
    return !lives().last().vitals().areGood() && readiness().contains("is full");
  }

  private String readiness() {
    return get("/health/ready").body();
  }

  private long openViolations() {
    return lives().last().desk().violations(query("open")).total();
  }

  private List<IncidentSummary> incidents(String state) {
    return lives().last().desk().incidents(query(state)).items();
  }

  private static Query query(String state) {
    return new Query(Optional.of(state), Optional.empty(), 0, Query.LIMIT_MAX);
  }

  /** Rows in the log, each of which must be there once. */
  private int stored() {
    List<String> changes = new ArrayList<>();
    try (TransactionReader reader =
        new TransactionReader(lives().last().updateLog(), LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof VisibleRecord.Transaction transaction) {
          transaction.changes().forEach(placed -> changes.add(placed.record().toString()));
        }
      }
    }
    return changes.size();
  }

  /** The bodies that came about it, each under a key of its own. */
  private List<String> told(String step, String trouble) {
    return told.stream()
        .filter(it -> it.body().contains("\"step\":\"" + step + "\""))
        .filter(it -> it.body().contains("\"trouble\":\"" + trouble + "\""))
        .collect(Collectors.toMap(Told::delivery, Told::body, (one, _) -> one, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  /** A status of 0 where nobody listens, as between two lives. */
  private Answer get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, "");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Answer(int statusCode, String body) {}

  private void payments(String sql) {
    try (Connection connection = postgres().connect("payments_" + tests);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private PostgresServer postgres() {
    return Objects.requireNonNull(postgres);
  }

  private HttpServer receiver() {
    return Objects.requireNonNull(receiver);
  }

  private CountedLives lives() {
    return Objects.requireNonNull(lives);
  }

  private SmallDisk disk() {
    return Objects.requireNonNull(disk);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }
}
