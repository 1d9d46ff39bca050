package dev.overseer.bench.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReaderProgramIT {
  private final OptionalLong sender = OptionalLong.of(ProcessHandle.current().pid());
  private final BankServer server = BankServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  private Measurement run(String script, Path directory) {
    ReaderProgram program = new ReaderProgram("reader", directory, List.of("sh", "-c", script));
    return program.run(server, 5, () -> sender);
  }

  @Test
  void what_a_program_says_of_itself_is_among_its_figures(@TempDir Path directory) {
    Measurement measurement =
        run("echo starting; echo 'drained 5; transactions 2; json 12 characters'; cat", directory);

    assertThat(measurement.work()).isEqualTo(5);
    assertThat(measurement.figures())
        .contains(new Figure("transactions", 2, ""), new Figure("json", 12, "characters"))
        .extracting(Figure::name)
        .contains("cpu of the reader", "peak memory of its sender");
  }

  @Test
  void a_program_that_read_less_or_more_than_there_is_is_refused(@TempDir Path directory) {
    assertThatThrownBy(() -> run("echo 'drained 4'; cat", directory))
        .hasMessageContaining("reader read 4 of 5");
    assertThatThrownBy(() -> run("echo 'drained 6'; cat", directory))
        .hasMessageContaining("reader read 6 of 5");
  }

  @Test
  void a_program_that_ends_by_itself_is_refused_with_its_last_words(@TempDir Path directory) {
    assertThatThrownBy(() -> run("echo 'no such slot'", directory))
        .hasMessageContainingAll("ended by itself", "no such slot");
  }
}
