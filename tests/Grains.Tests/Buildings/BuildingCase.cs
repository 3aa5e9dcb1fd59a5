using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>A registered building and cards of people who may come in.</summary>
internal sealed class BuildingCase
{
    private readonly TestCluster _cluster;

    private BuildingCase(TestCluster cluster, BuildingId id) => (_cluster, Id, Grain) = (cluster, id, cluster.Building(id));

    public BuildingId Id { get; }

    public IBuildingGrain Grain { get; }

    public static async Task<BuildingCase> Create(OneSilo silo) => new(silo.Cluster, await silo.NewBuilding());

    public static async Task<BuildingCase> Create(TestCluster cluster, BuildingId id)
    {
        cluster.Clock.Set(Given.Morning);
        await cluster.Register(Given.BuildingRow(id));
        return new(cluster, id);
    }

    /// <summary>A card of person <paramref name="n"/>.</summary>
    public Card Card(int n) => Given.Card(Given.Token(n), Given.Number(n), Id);

    /// <summary>Person <paramref name="n"/> presents the card.</summary>
    public ValueTask<BuildingAnswer> Tap(int n, Direction direction = Direction.In, OperationId? operation = null) =>
        Grain.Pass(Given.Tap(operation ?? _cluster.NextId(), Given.Token(n), Id, direction), Card(n));

    /// <summary>The gate reports that nobody walked through.</summary>
    public ValueTask<BuildingAnswer> NotPassed(OperationId passage, long seq, OperationId? operation = null) =>
        Grain.Report(Given.GateEvent(operation ?? _cluster.NextId(), GateEventKind.NotPassed) with { Passage = new PassageName(seq, passage) });

    /// <summary>The gate uploads that person <paramref name="n"/> passed.</summary>
    public ValueTask<BuildingAnswer> Merge(int n, Direction direction, Instant at, OperationId? operation = null) => Grain.Merge(new OfflinePassage
    {
        Operation = operation ?? _cluster.NextId(), Device = Given.Gate, Account = Given.Number(n), Direction = direction, Outcome = PassageOutcome.Admitted, EventTime = at,
    });

    /// <summary>An employee admits person <paramref name="n"/>.</summary>
    public ValueTask<BuildingAnswer> Admit(int n, Direction direction = Direction.In, OperationId? operation = null) =>
        Grain.AdmitManually(Given.ManualAdmission(operation ?? _cluster.NextId(), Given.Number(n), direction));

    public async Task<BuildingView> View() => (await Grain.Get()).ShouldNotBeNull();

    public static AccountNumber[] People(params IEnumerable<int> numbers) => [.. numbers.Select(Given.Number).Order()];
}
