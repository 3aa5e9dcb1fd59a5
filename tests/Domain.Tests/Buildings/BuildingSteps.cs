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

    public static Passage Pass(this BuildingState building, FoundMarking marking, Instant now) =>
        building.Happen(BuildingRules.Decide(building, marking, now));

    public static Passage Merge(this BuildingState building, OfflinePassage fact, Instant now) =>
        building.Happen(BuildingRules.Decide(building, fact, now));

    /// <param name="building">Where.</param>
    /// <param name="report">What is reported.</param>
    /// <param name="passages">All that the building has had.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Report(this BuildingState building, GateEvent report, IEnumerable<Passage> passages, Instant now) =>
        building.Happen(BuildingRules.Decide(building, report, report.Passage is { } named ? Known([.. passages], named, BuildingRules.CountsSince(building)) : [], now));

    // No more than what is promised to the rule.
    private static List<Passage> Known(List<Passage> passages, PassageName name, Instant since) =>
        passages.Find(passage => name.IsNumberUnknown ? passage.Operation == name.Operation : passage.Seq == name.Seq) is not { } named
            ? []
            : [named, .. passages.Where(passage => passage != named && passage.Account == named.Account && named.Account is not null && (passage.RecordedAt >= since || passage.Annulment?.Seq == named.Seq))];

    private static Passage Happen(this BuildingState building, Passage passage)
    {
        BuildingRules.Evolve(building, passage);
        return passage;
    }
}
