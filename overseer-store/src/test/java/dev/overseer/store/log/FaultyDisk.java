package dev.overseer.store.log;

import dev.overseer.store.disk.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk that fails by its seed: takes a part of a write and refuses, fails a sync, refuses to make
 * or name a file. It knows what of its files would be there after a loss of power. As the operating
 * system does, it takes what a failed sync did not write for written from then on.
 */
final class FaultyDisk implements DiskFaults {
  private final SplittableRandom dice;
  private final Map<Path, Medium> media = new HashMap<>();
  private int oneIn = Integer.MAX_VALUE;
  int faults;

  FaultyDisk(long seed) {
    this.dice = new SplittableRandom(seed);
  }

  /** What of a file is on the medium, and what is in memory alone, yet to be written. */
  private static final class Medium {
    byte[] durable;
    final List<Slice> dirty = new ArrayList<>();

    Medium(byte[] durable) {
      this.durable = durable;
    }

    void write(Slice slice, byte[] content) {
      int end = Math.min(slice.to(), content.length);
      if (end > slice.from()) {
        durable = Arrays.copyOf(durable, Math.max(durable.length, end));
        System.arraycopy(content, slice.from(), durable, slice.from(), end - slice.from());
      }
    }
  }

  private record Slice(int from, int to) {}

  /** From now on one of so many operations fails; {@link Integer#MAX_VALUE} is none. */
  void failOneIn(int operations) {
    oneIn = operations;
  }

  private boolean fails() {
    boolean fails = oneIn < Integer.MAX_VALUE && dice.nextInt(oneIn) == 0;
    faults += fails ? 1 : 0;
    return fails;
  }

  @Override
  public int writes(Path file, long position, int length) {
    int taken = fails() ? dice.nextInt(length) : length;
    medium(file).dirty.add(new Slice((int) position, (int) position + taken));
    return taken;
  }

  @Override
  public void syncs(Path file) throws IOException {
    Medium medium = medium(file);
    boolean fails = fails();
    byte[] content = Files.readAllBytes(file);
    medium.dirty.stream()
        .filter(_ -> !fails || dice.nextBoolean())
        .forEach(slice -> medium.write(slice, content));
    medium.dirty.clear();
    if (fails) {
      throw new IOException("Input/output error");
    }
    medium.durable = Arrays.copyOf(medium.durable, Math.min(medium.durable.length, content.length));
  }

  @Override
  public void changes(Path file) throws IOException {
    if (fails()) {
      throw new IOException("No space left on device");
    }
    media.remove(file);
  }

  /** A file that was there before is on the medium as it is. */
  private Medium medium(Path file) {
    return media.computeIfAbsent(
        file,
        _ -> {
          try {
            return new Medium(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** What was in memory alone is there or not. No file may be open. */
  void losePower() throws IOException {
    for (Map.Entry<Path, Medium> each : media.entrySet()) {
      if (Files.exists(each.getKey())) {
        byte[] content = Files.readAllBytes(each.getKey());
        Medium medium = each.getValue();
        medium.dirty.stream()
            .filter(_ -> dice.nextBoolean())
            .forEach(slice -> medium.write(slice, content));
        Files.write(each.getKey(), medium.durable);
      }
    }
    media.clear();
  }
}
