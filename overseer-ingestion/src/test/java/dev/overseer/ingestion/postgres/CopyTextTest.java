package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTextTest {

  @Test
  void values_are_separated_by_tabs_and_may_be_empty() {
    assertThat(values("a\t\tc\n")).containsExactly("a", "", "c");
    assertThat(values("\n")).containsExactly("");
  }

  @Test
  void null_is_not_the_text_that_looks_like_it() {
    assertThat(values("\\N\t\\\\N\tN\n")).containsExactly(null, "\\N", "N");
  }

  @Test
  void escapes_stand_for_what_would_end_a_value() {
    assertThat(values("a\\tb\\nc\\rd\\\\e\\bf\\fg\\vh\n"))
        .containsExactly("a\tb\nc\rd\\e\bf\fg\u000bh");
  }

  @Test
  void text_beyond_ascii_stays_whole() {
    assertThat(values("zażółć\t💶\n")).containsExactly("zażółć", "💶");
  }

  private static List<@Nullable String> values(String line) {
    return CopyText.values(line.getBytes(StandardCharsets.UTF_8));
  }
}
