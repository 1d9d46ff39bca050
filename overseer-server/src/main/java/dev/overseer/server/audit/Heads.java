package dev.overseer.server.audit;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.log.ChainHead;
import dev.overseer.store.log.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The heads of the logs at one time, as a text of a few lines that an auditor keeps, and that can
 * be signed as it is:
 *
 * <pre>
 * overseer-heads-1 2026-01-02T03:04:05Z
 * updates 6f0c...-... 120034 9b74c9897bac770ffc029102a200c5de...
 * journal 11f2...-... 98003 5feceb66ffc86f38d952786c6d696c79...
 * </pre>
 *
 * A line for each log: its name, its identity, the offset after the last chained record, and the
 * SHA-256 of the segment file that ends there.
 */
public record Heads(Instant at, List<ChainHead> heads) {
  private static final String FORMAT = "overseer-heads-1";
  private static final int FIELDS = 4;

  public Heads {
    heads = List.copyOf(heads);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws InvalidRequest when the file is missing or not such a text
   */
  public static Heads read(Path file) {
    List<String> lines = lines(file);
    String[] first = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
    if (first.length != 2 || !first[0].equals(FORMAT)) {
      throw new InvalidRequest(file + ":1: this is no file of heads; it begins with " + FORMAT);
    }
    try {
      List<ChainHead> heads = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        heads.add(head(line));
      }
      return new Heads(Instant.parse(first[1]), heads);
    } catch (InvalidRequest | DateTimeException | IllegalArgumentException e) {
      throw new InvalidRequest(file + " is damaged: " + e.getMessage());
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InvalidRequest("There is no file " + file);
    } catch (IOException e) {
      throw new Unavailable("The file " + file + " cannot be read", e);
    }
  }

  private static ChainHead head(String line) {
    String[] fields = line.split(" ");
    if (fields.length != FIELDS) {
      throw new InvalidRequest("'" + line + "' is not a log, its identity, an offset, a SHA-256");
    }
    return new ChainHead(
        fields[0],
        UUID.fromString(fields[1]),
        new LogOffset(Long.parseLong(fields[2])),
        new Sha256(fields[FIELDS - 1]));
  }

  /** What is kept, and what a signature signs: these bytes as UTF-8. */
  public String text() {
    StringBuilder text = new StringBuilder(FORMAT + " " + at + "\n");
    for (ChainHead head : heads) {
      text.append(head.log())
          .append(' ')
          .append(head.identity())
          .append(' ')
          .append(head.end())
          .append(' ')
          .append(head.sha256())
          .append('\n');
    }
    return text.toString();
  }

  byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }
}
