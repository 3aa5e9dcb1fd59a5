using Orleans.Concurrency;

namespace Zvonok.Grains.Buildings;

/// <summary>
/// One school building: the only writer of its passages. One append in flight; what comes meanwhile is decided in the order in which it came and written with
/// the next append; an answer is given when it is durable. So its calls interleave, and <see cref="GatheringGrain{TGrain}"/> keeps them in order.
/// </summary>
/// <remarks>Commands throw the exceptions of <c>Zvonok.Grains.Journal</c>.</remarks>
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

    /// <summary>Changes the mode (S1); it survives restarts.</summary>
    [AlwaysInterleave, Alias("ChangeMode")]
    ValueTask<BuildingAnswer> ChangeMode(ModeChange change);

    /// <summary>The mode and who is inside, by account number; null when nobody registered the building.</summary>
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
    [property: Id(3)] long Seq);
