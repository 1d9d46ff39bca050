package dev.overseer.store.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentReferrersTest {
  private final RecentReferrers recent = new RecentReferrers();

  @Test
  void a_key_is_new_once() {
    assertThat(recent.add(key("a"))).isTrue();
    assertThat(recent.add(key("a"))).isFalse();
    assertThat(recent.add(key("aa"))).isTrue();
  }

  @Test
  void a_key_too_long_to_be_kept_is_always_new() {
    byte[] longest = key("a".repeat(63));
    assertThat(recent.add(longest)).isTrue();
    assertThat(recent.add(longest)).isFalse();

    byte[] longer = key("a".repeat(64));
    assertThat(recent.add(longer)).isTrue();
    assertThat(recent.add(longer)).isTrue();
  }

  @Test
  void one_that_took_the_place_of_another_is_not_taken_for_it() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(recent.add(key("key " + i))).isTrue();
    }
  }

  @Test
  void after_clearing_every_key_is_new() {
    recent.add(key("a"));
    recent.clear();
    assertThat(recent.add(key("a"))).isTrue();
  }

  private static byte[] key(String text) {
    return text.getBytes(US_ASCII);
  }
}
