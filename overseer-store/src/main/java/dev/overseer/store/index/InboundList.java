package dev.overseer.store.index;

import dev.overseer.model.MasterDocument.Inbound;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * References to a record, each once. A longer one shares what it holds them in with shorter ones.
 */
final class InboundList extends AbstractList<Inbound> implements RandomAccess {
  private static final int FEW = 8;

  private final Inbound[] references;
  private final int size;

  /** For whoever adds; of all that the longest has. None for a few, which are looked through. */
  private final @Nullable Set<Inbound> known;

  private InboundList(Inbound[] references, int size, @Nullable Set<Inbound> known) {
    this.references = references;
    this.size = size;
    this.known = known;
  }

  static InboundList of(List<Inbound> references) {
    return new InboundList(
        references.toArray(Inbound[]::new),
        references.size(),
        references.size() > FEW ? new HashSet<>(references) : null);
  }

  /** Asked of the longest there is, by whoever adds. */
  boolean isNew(Inbound reference) {
    return !(known == null ? contains(reference) : known.contains(reference));
  }

  /** One longer; the same for whoever adds. */
  InboundList with(Inbound reference) {
    Inbound[] roomy =
        size < references.length ? references : Arrays.copyOf(references, 2 + size + (size >> 1));
    roomy[size] = reference;
    Set<Inbound> all = known;
    if (all == null && size == FEW) {
      all = new HashSet<>(this);
    }
    if (all != null) {
      all.add(reference);
    }
    return new InboundList(roomy, size + 1, all);
  }

  @Override
  public Inbound get(int index) {
    return references[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }
}
