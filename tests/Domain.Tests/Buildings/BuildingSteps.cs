using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>Decides and lets it happen, as the building's grain does.</summary>
internal static class BuildingSteps
{
    public static Passage Pass(this BuildingState building, Tap tap, Card? card, Instant now) =>
        building.Happen(BuildingRules.Decide(building, tap, card, now));

    public static Passage Pass(this BuildingState building, ModeChange change, Instant now) =>
        building.Happen(BuildingRules.Decide(building, change, now));

    public static Passage Pass(this BuildingState building, ManualAdmission admission, Instant now) =>
        building.Happen(BuildingRules.Decide(building, admission, now));

    public static Passage Pass(this BuildingState building, HandOver handOver, Card? card, Instant now) =>
        building.Happen(BuildingRules.Decide(building, handOver, card, now));

    /// <param name="building">Where.</param>
    /// <param name="report">What is reported.</param>
    /// <param name="passages">All that the building has had.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Report(this BuildingState building, GateEvent report, IEnumerable<Passage> passages, Instant now) =>
        building.Happen(BuildingRules.Decide(building, report, report.Passage is { } named ? Known([.. passages], named.Seq, BuildingRules.CountsSince(building)) : [], now));

    // No more than what is promised to the rule.
    private static List<Passage> Known(List<Passage> passages, long seq, Instant since) => passages.Find(passage => passage.Seq == seq) is not { } named
        ? []
        : [named, .. passages.Where(passage => passage != named && passage.Account == named.Account && named.Account is not null && (passage.RecordedAt >= since || passage.Annulment?.Seq == seq))];

    private static Passage Happen(this BuildingState building, Passage passage)
    {
        BuildingRules.Evolve(building, passage);
        return passage;
    }
}
