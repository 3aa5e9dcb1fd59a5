using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Tests.Accounts;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>The core of a world: its own rules, applied as the grains apply them, one operation after the other. What it has granted it knows for ever; what it has refused it may be told as a fact.</summary>
internal sealed class Core
{
    private readonly Dictionary<AccountNumber, Ledger> _ledgers;
    private readonly Dictionary<OperationId, bool> _granted = [];
    private readonly Dictionary<OperationId, Passage> _byOperation = [];
    private readonly List<Passage> _passages = [];
    private readonly School _school;

    public Core(School school)
    {
        _school = school;
        _ledgers = school.Children.ToDictionary(child => child.Account, child => new Ledger(child.AtFirst));
        Building = new BuildingState(school.Profile);
    }

    public BuildingState Building { get; }

    public IReadOnlyList<Passage> Passages => _passages;

    public Ledger Of(Child child) => _ledgers[child.Account];

    /// <summary>True when it is in the ledger now.</summary>
    public bool Do(Child child, AccountCommand command, Instant now)
    {
        if (_granted.ContainsKey(command.Operation)) return true;
        var ledger = _ledgers[child.Account];
        var isGranted = command switch
        {
            Sale sale => ledger.Do(sale, now, CardRules.Check(child.Card, now)).Entry is not null,
            Ride ride => ledger.Do(ride, now, CardRules.Check(child.Card, now)).Entry is not null,
            Redemption meal => ledger.Do(meal, now).Entry is not null,
            OrderRedemption { IsFact: true } order => ledger.Merge(order, now).Refusal == AccountRefusal.None,
            OrderRedemption order => ledger.Do(order, now).Refusal == AccountRefusal.None,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "has no ledger."),
        };
        if (isGranted) _granted[command.Operation] = true;
        return isGranted;
    }

    public bool Knows(OperationId operation) => _granted.ContainsKey(operation) || _byOperation.ContainsKey(operation);

    /// <summary>A gate asks.</summary>
    public BuildingAnswer Do(Child child, Tap tap, Instant now)
    {
        if (_byOperation.TryGetValue(tap.Operation, out var known))
        {
            (known.Fingerprint == tap.Fingerprint || tap.IsUploaded(known, child.Card)).ShouldBeTrue("an operation is one tap");
            return BuildingAnswer.From(known);
        }

        return Record(BuildingRules.Decide(Building, tap, child.Card, now));
    }

    /// <summary>A gate has decided by itself.</summary>
    public void Merge(OfflinePassage fact, Instant now)
    {
        var answer = Put(fact, now);
        if (Correction.Of(fact, answer) is not { } correction) return;
        if (correction.Undone is { } undone) Report(undone, now);
        if (correction.Done is { } done) Put(done, now);
    }

    public void Report(GateEvent report, Instant now)
    {
        if (!_byOperation.ContainsKey(report.Operation)) Record(BuildingRules.Decide(Building, report, _passages, now));
    }

    private BuildingAnswer Put(OfflinePassage fact, Instant now)
    {
        if (!_byOperation.TryGetValue(fact.Operation, out var known)) return Record(BuildingRules.Decide(Building, fact, now));
        (known.Fingerprint == fact.Fingerprint || fact.IsOf(known)).ShouldBeTrue("an operation is one passage");
        return BuildingAnswer.From(known);
    }

    private BuildingAnswer Record(Passage passage)
    {
        BuildingRules.Evolve(Building, passage);
        _passages.Add(passage);
        _byOperation[passage.Operation] = passage;
        return BuildingAnswer.From(passage);
    }
}
