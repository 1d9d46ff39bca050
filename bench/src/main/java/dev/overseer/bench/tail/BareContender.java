package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.reading.ReaderProgram;
import java.nio.file.Path;
import java.util.List;

/** Runs {@link BareReader}. */
final class BareContender implements Contender {
  static final String NAME = "bare reader";
  private static final String SLOT = "bare_reader";

  private final SlotReader reader;
  private double rawBytes;

  /**
   * @param publication which all readers read
   * @param directory for the process's output
   */
  BareContender(Backlog backlog, String publication, Path directory) {
    List<String> arguments =
        List.of(backlog.server().jdbcUrl(), SLOT, publication, Long.toString(backlog.changes()));
    List<String> command =
        ReaderProgram.java(
            System.getProperty("java.class.path"), BareReader.class.getName(), arguments);
    this.reader =
        new SlotReader(NAME, SLOT, backlog, new ReaderProgram("bare-reader", directory, command));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What pgoutput itself sent for the whole backlog, counted at the last run. */
  double rawBytes() {
    return rawBytes;
  }

  @Override
  public Measurement run() {
    Measurement measurement = reader.run();
    rawBytes =
        measurement.figures().stream()
            .filter(figure -> figure.name().equals(BareReader.RAW_BYTES))
            .mapToDouble(Figure::value)
            .sum();
    return measurement;
  }
}
