package dev.overseer.bench.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Judges a withdrawal one second after each of its changes, unless nothing has changed since the
 * judgement before; as of that time, whatever has come since.
 */
final class BookedOnce extends KeyedProcessFunction<Tuple2<Long, Long>, Change, Verdict> {
  private static final long serialVersionUID = 1;
  private static final long SETTLE_MICROS = 1_000_000;

  private transient @Nullable ValueState<Withdrawal> withdrawals;

  @Override
  public void open(OpenContext context) {
    withdrawals =
        getRuntimeContext().getState(new ValueStateDescriptor<>("withdrawal", Withdrawal.class));
  }

  private ValueState<Withdrawal> state() {
    ValueState<Withdrawal> state = withdrawals;
    if (state == null) {
      throw new IllegalStateException("The function is not open");
    }
    return state;
  }

  @Override
  public void processElement(Change change, Context context, Collector<Verdict> out)
      throws Exception {
    Withdrawal known = state().value();
    Withdrawal withdrawal = known == null ? new Withdrawal() : known;
    withdrawal.add(change);
    state().update(withdrawal);
    context.timerService().registerEventTimeTimer(change.micros + SETTLE_MICROS);
  }

  @Override
  public void onTimer(long cut, OnTimerContext context, Collector<Verdict> out) throws Exception {
    Withdrawal withdrawal = state().value();
    if (withdrawal.advance(cut)) {
      state().update(withdrawal);
      Tuple2<Long, Long> id = context.getCurrentKey();
      out.collect(new Verdict(id.f0, id.f1, cut, withdrawal.judge()));
    }
  }
}
