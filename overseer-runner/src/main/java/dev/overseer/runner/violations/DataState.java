package dev.overseer.runner.violations;

import dev.overseer.model.EffectiveTime;

/**
 * Whether the data fail, whatever people say: the complete Passed or Failed verdict of the greatest
 * cut.
 *
 * @param cut that greatest cut
 * @param failedCut the greatest failing cut
 */
public record DataState(boolean failing, EffectiveTime cut, EffectiveTime failedCut) {

  static DataState failed(EffectiveTime cut) {
    return new DataState(true, cut, cut);
  }

  DataState passed(EffectiveTime cut) {
    return new DataState(false, cut, failedCut);
  }
}
