package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends AppendLogContract {
  private static final UUID IDENTITY = new UUID(1, 2);

  @Override
  protected AppendLog<String> create() {
    return new MemoryLog<>(IDENTITY);
  }

  @Override
  protected AppendLog<String> crash(AppendLog<String> log) {
    return ((MemoryLog<String>) log).afterCrash();
  }

  @Override
  protected AppendLog<String> reopen(AppendLog<String> log) {
    log.close();
    return log;
  }

  @Test
  void a_crash_keeps_exactly_what_was_synced() {
    MemoryLog<String> log = new MemoryLog<>(IDENTITY);
    log.append("kept");
    log.sync();
    log.append("lost");

    MemoryLog<String> after = log.afterCrash();

    assertThat(after.appended()).isEqualTo(new LogOffset(1));
    assertThat(log.appended()).isEqualTo(new LogOffset(2));
  }
}
