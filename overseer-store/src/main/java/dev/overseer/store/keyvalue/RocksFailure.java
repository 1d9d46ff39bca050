package dev.overseer.store.keyvalue;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.DiskCondition;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;

/** What RocksDB's failures mean, by remedy. */
final class RocksFailure {
  private RocksFailure() {}

  static RuntimeException whileUsing(Path directory, RocksDBException failure) {
    String text = "The store in " + directory + " failed: " + failure.getMessage();
    return isDamage(failure) ? new CorruptStore(text, failure) : new Unavailable(text, failure);
  }

  /**
   * At opening, a file that is missing or cannot be parsed is damage, not a moment's trouble;
   * unless the directory cannot be written to, which is enough of a reason.
   */
  static RuntimeException whileOpening(Path directory, RocksDBException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("LOCK: ")) {
      return new InvalidRequest(
          "The store in %s is in use by another process; stop that one first (%s)"
              .formatted(directory, reason),
          failure);
    }
    String text = "The store in " + directory + " cannot be opened: " + reason;
    return isOutOfSpace(failure) || !DiskCondition.of(directory).isWritable()
        ? new Unavailable(text, failure)
        : new CorruptStore(text, failure);
  }

  /** An iterator that failed looks like one that is at its end. */
  static void throwIfFailed(Path directory, RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw whileUsing(directory, e);
    }
  }

  /**
   * Bytes that are not what was written, or a file of the store's that is not there any more. The
   * latter has no code in Java.
   */
  private static boolean isDamage(RocksDBException failure) {
    Status status = failure.getStatus();
    return (status != null && status.getCode() == Status.Code.Corruption)
        || String.valueOf(failure.getMessage()).contains("No such file or directory");
  }

  private static boolean isOutOfSpace(RocksDBException failure) {
    Status status = failure.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }
}
