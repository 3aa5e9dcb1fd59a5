using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Lists;
using Zvonok.Domain.Cards;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>A gate that decides as the library's does.</summary>
internal sealed class Gate(DeviceId id, Random random, Duration offset, ListIndex list) : Device(id, random, offset)
{
    private readonly ListIndex _list = list;
    private GateBook _book = NewBook();

    /// <summary>Its program died: whom it has seen is forgotten, what it has queued is not.</summary>
    public void Die() => _book = NewBook();

    public void Tap(Child child, Direction direction, Cable cable, Core core, Notebook notebook, Instant now)
    {
        if (cable != Cable.Cut) Met();
        var (operation, at) = (NewOperation(now), Clock(now));
        var tap = new Tap { Operation = operation, Token = child.Card.Token, Device = Id, Building = School.Building, Direction = direction, EventTime = at };
        var answer = cable == Cable.Cut ? default(BuildingAnswer?) : core.Do(child, tap, now);
        if (cable == Cable.Deaf) notebook.Told.Add((other, later) => other.Do(child, tap, later));
        if (cable == Cable.Whole && answer is { } heard)
        {
            // In another order the core would have decided otherwise, and the gate done otherwise: what was done is what is told.
            notebook.Told.Add((other, later) => other.Merge(Fact(child, operation, heard.Direction!.Value, heard.Outcome, heard.Flag, heard.Refusal, heard.EventAt), later));
            Done(child, operation, heard.Direction!.Value, heard.Outcome, heard.EventAt, notebook);
            return;
        }

        var passage = _book.Decide(_list.Find(School.ListKey.TokenOf(CardDigest.Of(child.Uid))), direction, isOpen: false, at);
        if (passage.Outcome == PassageOutcome.Refused && child.Card.State == CardState.Active) notebook.Wronged.Add($"{child.Account} was left outside: {passage.Refusal}");
        var fact = Fact(child, operation, passage.Direction!.Value, passage.Outcome, passage.Flag, passage.Refusal, at);
        Queue((other, later) => other.Merge(fact, later));
        notebook.Told.Add((other, later) => other.Merge(fact, later));
        Done(child, operation, fact.Direction, fact.Outcome, at, notebook);
    }

    private void Done(Child child, Domain.Operations.OperationId operation, Direction direction, PassageOutcome outcome, Instant at, Notebook notebook)
    {
        notebook.Owed.Add(operation);
        if (outcome == PassageOutcome.Refused) return;
        _book.Saw(child.Handle, direction, at);
        notebook.Passed[operation] = (child, direction, at);
    }

    private OfflinePassage Fact(Child child, Domain.Operations.OperationId operation, Direction direction, PassageOutcome outcome, PassageFlag flag, TapRefusal refusal, Instant at) =>
        new() { Operation = operation, Device = Id, Account = child.Account, Direction = direction, Outcome = outcome, Flag = flag, Refusal = refusal, EventTime = at };

    private static GateBook NewBook()
    {
        var book = new GateBook(School.Building);
        book.Use(Tests.School.Terms);
        return book;
    }
}
