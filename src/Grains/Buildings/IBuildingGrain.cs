using Orleans.Concurrency;
using Zvonok.Grains.Buildings.Watching;

namespace Zvonok.Grains.Buildings;

/// <summary>
/// One school building: the only writer of its passages. One append in flight; what comes meanwhile is decided in the order in which it came and written with
/// the next append; an answer is given when it is durable. So its calls interleave, and <see cref="GatheringGrain{TGrain}"/> keeps them in order.
/// </summary>
/// <remarks>
/// Commands throw the exceptions of <c>Zvonok.Grains.Journal</c>. While the journal is away (O5) a building that is in memory goes on from memory: commands are answered with
/// <see cref="BuildingAnswer.IsUnrecorded"/>, and what came of them is forgotten when the journal is back, since their callers tell of it again by the same operation.
/// </remarks>
[Alias("zvonok.IBuildingGrain")]
public interface IBuildingGrain : IGrainWithIntegerKey
{
    /// <summary>Decides a tap (P1–P4); a refusal is recorded too.</summary>
    /// <param name="tap">What is asked for.</param>
    /// <param name="card">What the card is; null when nobody registered it.</param>
    [AlwaysInterleave, Alias("Pass")]
    ValueTask<BuildingAnswer> Pass(Tap tap, Card? card);

    /// <summary>Records what a gate reports (P5). That nobody walked through puts the presence back as it was, also late, again, and after other passages of that person.</summary>
    [AlwaysInterleave, Alias("Report")]
    ValueTask<BuildingAnswer> Report(GateEvent report);

    /// <summary>Decides an admission by hand (P6); a refusal is recorded too.</summary>
    [AlwaysInterleave, Alias("AdmitManually")]
    ValueTask<BuildingAnswer> AdmitManually(ManualAdmission admission);

    /// <summary>Decides that an adult brings or collects a child (P8); a refusal is recorded too.</summary>
    /// <param name="handOver">What is asked for.</param>
    /// <param name="card">What the adult's card is; null when nobody registered it.</param>
    [AlwaysInterleave, Alias("HandOver")]
    ValueTask<BuildingAnswer> HandOver(HandOver handOver, Card? card);

    /// <summary>
    /// Writes down what a gate decided by itself (O3), in whatever order it comes: the presence is the same. A tap that was decided here under the same operation id is answered as it was, and
    /// <see cref="Correction"/> has what is to be written besides.
    /// </summary>
    [AlwaysInterleave, Alias("Merge")]
    ValueTask<BuildingAnswer> Merge(OfflinePassage fact);

    /// <summary>Changes the mode (S1); it survives restarts. It is answered when whoever watches has heard of it, or does not answer for <see cref="BuildingWatchers.PatienceMax"/>. While the journal is away it holds at once, and is recorded when the journal is back (O5).</summary>
    [AlwaysInterleave, Alias("ChangeMode")]
    ValueTask<BuildingAnswer> ChangeMode(ModeChange change);

    /// <summary>Records that a device has fallen silent, or is back (S4). Whoever hears that it is unrecorded tells it again.</summary>
    [AlwaysInterleave, Alias("Note")]
    ValueTask<BuildingAnswer> Note(DeviceNews news);

    /// <summary>A silo has devices of the building on its streams, and is told what they must hear at once. To be renewed every few seconds.</summary>
    /// <returns>The mode now; what it becomes later the watcher is told.</returns>
    [AlwaysInterleave, Alias("Watch")]
    ValueTask<ModeSeen> Watch(IBuildingWatcher watcher);

    /// <summary>A card that opens the building, or opened it, is another one now: silos with its devices bring them their lists at once (C4). Nobody waits for it.</summary>
    [OneWay, AlwaysInterleave, Alias("CardsChanged")]
    Task CardsChanged();

    /// <summary>Marks somebody as found, or takes the mark back (S2); a refusal is recorded too.</summary>
    [AlwaysInterleave, Alias("MarkFound")]
    ValueTask<BuildingAnswer> MarkFound(FoundMarking marking);

    /// <summary>Everybody inside by group, with their last passage and who was found (S2); null when nobody registered the building. Told from memory while the database is down.</summary>
    [AlwaysInterleave, Alias("CallRoll")]
    ValueTask<RollCallView?> CallRoll();

    /// <summary>The mode and who is inside, by account number; null when nobody registered the building. While the journal is away: as far as memory knows (S2).</summary>
    [AlwaysInterleave, Alias("Get")]
    ValueTask<BuildingView?> Get();

    /// <summary>The registry has changed the building: it is read again when it is next used.</summary>
    [AlwaysInterleave, Alias("Reload")]
    Task Reload();
}

/// <summary>A building as it can be seen from outside.</summary>
/// <param name="Profile">What it is.</param>
/// <param name="Mode">How its gates behave.</param>
/// <param name="Inside">Who is inside, by account number.</param>
/// <param name="Seq">The newest passage's number; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("zvonok.BuildingView")]
public sealed record BuildingView(
    [property: Id(0)] BuildingProfile Profile,
    [property: Id(1)] BuildingMode Mode,
    [property: Id(2)] AccountNumber[] Inside,
    [property: Id(3)] long Seq)
{
    /// <summary>Since when and through whom it is in its mode; null when that was never changed.</summary>
    [Id(4)]
    public ModePeriod? InMode { get; init; }
}
