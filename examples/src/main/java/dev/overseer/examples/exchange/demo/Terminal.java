package dev.overseer.examples.exchange.demo;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the demo is watched: lines that stay, and below them, where a person looks on, a block that
 * is drawn anew. Anywhere else there is no block and no colour. Safe for many threads.
 */
final class Terminal {
  private static final String UP_AND_CLEAR = "\u001b[%dF\u001b[J";
  private static final String CLIP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintStream out;
  private final boolean interactive;
  private final boolean coloured;
  private List<String> block = List.of();

  Terminal(PrintStream out, boolean interactive, boolean coloured) {
    this.out = out;
    this.interactive = interactive;
    this.coloured = coloured;
  }

  /** Colours unless NO_COLOR is set, as no-color.org asks. */
  static Terminal ofProcess() {
    Console console = System.console();
    boolean interactive =
        console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    String noColor = System.getenv("NO_COLOR");
    return new Terminal(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        interactive,
        interactive && (noColor == null || noColor.isEmpty()));
  }

  boolean isInteractive() {
    return interactive;
  }

  String paint(Ink ink, String text) {
    return coloured ? ink.paint(text) : text;
  }

  /** A line that stays, above the block. */
  synchronized void line(String text) {
    out.print(erased() + text + "\n" + drawn());
    out.flush();
  }

  /** Replaces the block; nothing where no one looks on. */
  synchronized void block(List<String> lines) {
    if (interactive) {
      String erased = erased();
      block = List.copyOf(lines);
      out.print(erased + drawn());
      out.flush();
    }
  }

  /** The last line of the process's life may be written by anyone: no block is in its way. */
  void endBlock() {
    block(List.of());
  }

  private String erased() {
    return block.isEmpty() ? "" : UP_AND_CLEAR.formatted(block.size());
  }

  private String drawn() {
    return block.isEmpty() ? "" : CLIP + String.join("\n", block) + "\n" + WRAP;
  }
}
