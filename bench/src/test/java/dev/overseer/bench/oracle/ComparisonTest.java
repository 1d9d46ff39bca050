package dev.overseer.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.oracle.Snapshot.Naming;
import dev.overseer.bench.oracle.Snapshot.Rows;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final WorkTable TABLE =
      WorkTable.of(
          "t",
          1,
          Column.notNull("id", "int", Literals.numbers(0, 9)),
          Column.of("amount", "numeric"));
  private static final RecordKey ONE = RecordKey.of(TABLE.model(), "1");

  private final Problems problems = new Problems();

  @Test
  void the_same_values_are_no_problem() {
    compare("1.10", present(new Value.Number(new BigDecimal("1.10"))));
    compare(null, present(Value.NULL));

    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void a_value_that_only_compares_equal_is_another_one() {
    compare("1.10", present(new Value.Number(new BigDecimal("1.1"))));

    assertThat(problems.toString()).contains("amount");
  }

  @Test
  void unknown_is_not_null() {
    compare(null, present(new Value.Unknown("it was not sent")));

    assertThat(problems.toString()).contains("it was not sent");
  }

  @Test
  void a_row_that_is_missing_is_found() {
    compare("1.10", RecordState.DELETED);

    assertThat(problems.toString()).contains("which is there");
  }

  @Test
  void a_row_that_is_too_much_is_found() {
    Snapshot empty =
        new Snapshot(
            1,
            VisibleTransactions.parse("1:1:"),
            Map.of(TABLE, new Rows(List.of(), Naming.SAME, Map.of())));
    new Comparison(problems).compare("test", empty, Set.of(ONE), _ -> present(Value.NULL));

    assertThat(problems.toString()).contains("which is not there");
  }

  private void compare(@Nullable String text, RecordState state) {
    Rows rows =
        new Rows(
            List.of("id", "amount"), Naming.SAME, Map.of(ONE, new @Nullable String[] {"1", text}));
    Snapshot snapshot = new Snapshot(1, VisibleTransactions.parse("1:1:"), Map.of(TABLE, rows));
    new Comparison(problems).compare("test", snapshot, Set.of(ONE), _ -> state);
  }

  private static RecordState present(Value amount) {
    return new RecordState.Present(
        Map.of("id", new Value.Number(BigDecimal.ONE), "amount", amount));
  }
}
