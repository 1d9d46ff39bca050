package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.LogRecord;
import dev.overseer.model.UpdateId;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.TcpFaultProxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A standby takes over under the address of its primary. */
class PromotionIT {

  @Test
  @EnabledIfSystemProperty(named = "overseer.it", matches = "all")
  void where_the_standby_keeps_our_slot_nothing_is_lost_or_doubled() {
    try (PostgresServer primary =
            PostgresServer.builder().setting("sync_replication_slots", "on").start();
        TcpFaultProxy address = TcpFaultProxy.to(primary.port())) {
      primary.execute("CREATE TABLE kept (id int PRIMARY KEY)", "INSERT INTO kept VALUES (1)");
      try (Tail tail = Tail.of(at(address, primary, "kept"))) {
        tail.untilTailing();
        try (PostgresServer standby = primary.startStandby()) {
          primary.execute("INSERT INTO kept VALUES (2)");
          tail.untilCaughtUp();
          tail.until("kept on the standby", () -> keepsSlot(standby, "kept"));
          primary.execute("INSERT INTO kept VALUES (3)");
          tail.until("all is there", () -> has(standby, "kept", 3));
          primary.kill();
          standby.promote();
          address.redirect(standby.port());
          standby.execute("INSERT INTO kept VALUES (4)");
          tail.retryNow();
          tail.untilCaughtUp();

          assertThat(tail.firstColumns()).containsExactly("1", "2", "3", "4");
          assertThat(ids(tail)).doesNotHaveDuplicates();
          assertThat(tail.stored().others(LogRecord.Forked.class)).hasSize(1);
          assertThat(tail.stored().others(LogRecord.TableUnknown.class)).isEmpty();
          assertThat(tail.status().counts().disowned()).isZero();
          tail.assertNoTroubles();
        }
      }
    }
  }

  @Test
  void what_the_standby_never_had_is_disowned_and_what_it_has_is_read_anew_without_a_slot() {
    try (PostgresServer primary = PostgresServer.start();
        TcpFaultProxy link = TcpFaultProxy.to(primary.port());
        TcpFaultProxy address = TcpFaultProxy.to(primary.port())) {
      primary.execute("CREATE TABLE lost (id int PRIMARY KEY)", "INSERT INTO lost VALUES (1)");
      try (Tail tail = Tail.of(at(address, primary, "lost"));
          PostgresServer standby = primary.startStandby(link.port())) {
        tail.untilTailing();
        primary.execute("INSERT INTO lost VALUES (2)");
        tail.untilCaughtUp();
        tail.until("all is there", () -> has(standby, "lost", 2));
        link.pause();
        primary.execute("INSERT INTO lost VALUES (3)", "INSERT INTO lost VALUES (4)");
        tail.untilCaughtUp();
        assertThat(tail.firstColumns()).containsExactly("1", "2", "3", "4");
        primary.kill();
        link.close();
        standby.promote();
        address.redirect(standby.port());
        standby.execute("INSERT INTO lost VALUES (5)");
        tail.retryNow();
        tail.untilCaughtUp();

        LogRecord.Forked forked = tail.stored().others(LogRecord.Forked.class).getFirst();
        LogRecord.Commit first = (LogRecord.Commit) tail.log.get(forked.disowned());
        assertThat(first.transaction().incarnation().timeline()).isEqualTo(1);
        assertThat(tail.status().counts().disowned()).isEqualTo(2);
        assertThat(tail.firstColumns()).startsWith("1", "2", "3", "4").endsWith("1", "2", "5");
        assertThat(tail.stored().others(LogRecord.TableUnknown.class)).hasSize(1);
        assertThat(tail.troubles)
            .hasExactlyElementsOfTypes(SourceTrouble.Disowned.class, SourceTrouble.LogLost.class);
      }
    }
  }

  private static PostgresSource at(TcpFaultProxy address, PostgresServer server, String name) {
    String url = server.jdbcUrl().replace(":" + server.port(), ":" + address.port());
    return Tail.source(url, name, "public." + name);
  }

  private static boolean keepsSlot(PostgresServer standby, String slot) {
    return standby
        .value(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND synced AND NOT temporary"
                .formatted(slot))
        .equals("1");
  }

  private static boolean has(PostgresServer standby, String table, int rows) {
    return standby.value("SELECT count(*) FROM " + table).equals(Integer.toString(rows));
  }

  private static List<UpdateId> ids(Tail tail) {
    return tail.stored().transactions().stream().flatMap(all -> all.ids().stream()).toList();
  }
}
