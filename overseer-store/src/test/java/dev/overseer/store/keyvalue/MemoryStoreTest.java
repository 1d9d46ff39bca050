package dev.overseer.store.keyvalue;

class MemoryStoreTest extends OrderedStoreContract {

  @Override
  protected OrderedStore create(Durability durability) {
    return new MemoryStore(durability, SPACES);
  }

  @Override
  protected OrderedStore crash(OrderedStore store) {
    return ((MemoryStore) store).afterCrash();
  }

  @Override
  protected OrderedStore reopen(OrderedStore store) {
    store.close();
    return store;
  }
}
