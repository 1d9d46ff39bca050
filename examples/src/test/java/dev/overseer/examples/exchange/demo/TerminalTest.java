package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void where_no_one_looks_on_there_are_plain_lines_only() {
    Terminal terminal = terminal(false);
    terminal.block(List.of("status"));
    terminal.line(terminal.paint(Ink.RED, "found"));
    assertThat(written()).isEqualTo("found\n");
  }

  @Test
  void a_line_that_stays_goes_above_the_block() {
    Terminal terminal = terminal(true);
    terminal.block(List.of("one", "two"));
    bytes.reset();
    terminal.line("found");
    assertThat(written()).isEqualTo("\u001b[2F\u001b[Jfound\n\u001b[?7lone\ntwo\n\u001b[?7h");
  }

  @Test
  void a_block_replaces_the_one_before() {
    Terminal terminal = terminal(true);
    terminal.block(List.of("one", "two"));
    bytes.reset();
    terminal.endBlock();
    assertThat(written()).isEqualTo("\u001b[2F\u001b[J");
  }

  private Terminal terminal(boolean interactive) {
    return new Terminal(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive, interactive);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
