package dev.overseer.server.sources;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.ingestion.postgres.PostgresIdentity;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourceName;
import org.junit.jupiter.api.Test;

class PhysicalDatabasesTest {
  private static final SourceName PAYMENTS = new SourceName("payments");
  private static final SourceName BILLING = new SourceName("billing");
  private static final PostgresIdentity OLD = new PostgresIdentity("7001", "shop");
  private static final PostgresIdentity NEW = new PostgresIdentity("7002", "shop");

  private final PhysicalDatabases databases = new PhysicalDatabases();

  @Test
  void the_second_source_of_one_database_is_refused_and_both_are_named() {
    databases.claim(PAYMENTS, OLD);
    databases.claim(PAYMENTS, OLD);

    assertThatThrownBy(() -> databases.claim(BILLING, OLD))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("'payments' and 'billing' are the same database 'shop'");
  }

  @Test
  void two_databases_of_one_server_are_two_sources() {
    databases.claim(PAYMENTS, OLD);

    assertThatCode(() -> databases.claim(BILLING, new PostgresIdentity("7001", "bills")))
        .doesNotThrowAnyException();
  }

  @Test
  void a_source_that_moved_to_another_database_leaves_the_old_one() {
    databases.claim(PAYMENTS, OLD);
    databases.claim(PAYMENTS, NEW);

    assertThatCode(() -> databases.claim(BILLING, OLD)).doesNotThrowAnyException();
    assertThatThrownBy(() -> databases.claim(BILLING, NEW)).isInstanceOf(InvalidRequest.class);
  }
}
