using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Storage;
using Zvonok.Till.V1;

namespace Zvonok.Terminals.Tests.Storage;

/// <summary>The power goes at every moment of every write: what somebody acted upon is there afterwards, and once (O2, O3).</summary>
[Trait("Rule", "O3")]
public sealed class CrashTests : IDisposable
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");
    private readonly TemporaryDirectory _directory = new("zvonok-crash");
    private readonly School _school = new();

    public void Dispose()
    {
        _school.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task No_sale_that_was_handed_out_is_missing_and_none_is_there_twice()
    {
        for (var moment = 1; await Sell(moment); moment++)
        {
        }
    }

    [Fact]
    public async Task No_passage_that_was_let_through_is_missing_and_none_is_there_twice()
    {
        for (var moment = 1; await Pass(moment); moment++)
        {
        }
    }

    [Fact]
    public void An_acknowledgement_takes_what_it_says_or_nothing()
    {
        for (var moment = 1; Acknowledge(moment); moment++)
        {
        }
    }

    [Fact]
    [Trait("Rule", "O1")]
    public void A_list_is_the_old_one_or_the_new_one()
    {
        for (var moment = 1; TakeLists(moment); moment++)
        {
        }
    }

    // False: the power outlasted it.
    private async Task<bool> Sell(int moment)
    {
        var file = Given(DeviceKind.Till);
        var power = new Power(moment, file);
        var (handedOut, operations) = (new List<Guid>(), Enumerable.Range(0, 6).Select(n => Guid.CreateVersion7(Now.ToDateTimeOffset().AddSeconds(n))).ToArray());
        var till = TillTerminal.Start(_school.Options(file, isTill: true, Nowhere), power.Watch);
        try
        {
            foreach (var operation in operations)
                if ((await till.Sell(School.Uid(1), Lunch(2_000), operation: operation)).IsGranted) handedOut.Add(operation);
        }
        catch (PowerCut)
        {
            // Whoever stood at the till has seen what is in the list.
        }

        await till.DisposeAsync();
        if (power.Left is not { } left) return false;
        var queued = Queue(left);
        queued.Take(handedOut.Count).ShouldBe(handedOut, $"moment {moment}");
        queued.Count.ShouldBeInRange(handedOut.Count, handedOut.Count + 1);

        // The program asks again what it has no answer to, and then sells on: 5 times 2,000 of 10,000 in all.
        await using var again = TillTerminal.Start(_school.Options(left, isTill: true, Nowhere));
        foreach (var operation in operations.Skip(handedOut.Count))
            if ((await again.Sell(School.Uid(1), Lunch(2_000), operation: operation)).IsGranted) handedOut.Add(operation);
        handedOut.ShouldBe(operations.Take(5), $"moment {moment}");
        again.Status.Queued.ShouldBe(5);
        return true;
    }

    private async Task<bool> Pass(int moment)
    {
        var file = Given(DeviceKind.Gate);
        var power = new Power(moment, file);
        var through = new List<Guid>();
        var gate = GateTerminal.Start(_school.Options(file, isTill: false, Nowhere), power.Watch);
        try
        {
            for (var n = 0; n < 5; n++) through.Add((await gate.Tap(School.Uid(1), Gate.V1.Direction.Toggle)).OperationId);
        }
        catch (PowerCut)
        {
            // The gate has not opened.
        }

        await gate.DisposeAsync();
        if (power.Left is not { } left) return false;
        var queued = Queue(left);
        queued.Take(through.Count).ShouldBe(through, $"moment {moment}");
        queued.Count.ShouldBeInRange(through.Count, through.Count + 1);
        await using var again = GateTerminal.Start(_school.Options(left, isTill: false, Nowhere));
        (await again.Tap(School.Uid(1), Gate.V1.Direction.Toggle)).Direction.ShouldBe(queued.Count % 2 == 0 ? Gate.V1.Direction.In : Gate.V1.Direction.Out, $"moment {moment}");
        return true;
    }

    private bool Acknowledge(int moment)
    {
        var file = Given(DeviceKind.Till);
        var power = new Power(moment, file);
        var random = new Random(moment);
        using (var store = TerminalStore.Open(file))
        {
            for (var n = 0; n < 5; n++) store.Append(OperationId.Create(Now + Duration.FromSeconds(n), random), [(byte)n], null, []).ShouldBeTrue();
            store.Watch = power.Watch;
            try
            {
                store.Acknowledge(3, Now, [(2, 5, "nobody")]);
            }
            catch (PowerCut)
            {
            }
        }

        if (power.Left is not { } left) return false;
        using var again = TerminalStore.Open(left);
        var (queued, notTaken) = (again.Next(0, 10).Select(fact => fact.Position).ToArray(), again.NotTaken().Select(fact => fact.Fact.Position).ToArray());
        (queued.Length == 5 && notTaken.Length == 0 || queued.SequenceEqual([4L, 5]) && notTaken.SequenceEqual([2L])).ShouldBeTrue($"moment {moment}");
        // A place is never used again: what is acknowledged late would be another fact.
        again.Append(OperationId.Create(Now, random), [9], null, []);
        again.Next(5, 10).ShouldHaveSingleItem().Position.ShouldBe(6);
        return true;
    }

    private bool TakeLists(int moment)
    {
        var file = Given(DeviceKind.Till);
        var power = new Power(moment, file);
        var (one, two) = (List(DeviceKind.Till, 1), List(DeviceKind.Till, 2, 2));
        var three = List(DeviceKind.Till, 3, 2, 3);
        var versions = new List<long> { 1 };
        using (var store = TerminalStore.Open(file))
        {
            store.Watch = power.Watch;
            try
            {
                store.PutDelta(_school.Sign(Domain.Lists.ListDeltas.Diff(one, two)), onlyYounger: false);
                versions.Add(2);
                for (var n = 0; n < 3; n++) store.PutDelta(_school.Sign(Domain.Lists.ListDeltas.Diff(two, two)), onlyYounger: true);
                store.ListParts.ShouldBe(3);
                store.PutDelta(_school.Sign(Domain.Lists.ListDeltas.Diff(two, three)), onlyYounger: false);
                versions.Add(3);
                store.PutList(_school.Sign(three));
                store.ListParts.ShouldBe(1);
            }
            catch (PowerCut)
            {
                versions.Add(versions[^1] + 1);
            }
        }

        if (power.Left is not { } left) return false;
        using var again = TerminalStore.Open(left);
        using var verifier = new Domain.Lists.ListVerifier(_school.PublicKey);
        var book = new Terminals.Lists.ListBook(verifier, School.Building, DeviceKind.Till, School.Key.Id);
        foreach (var part in again.Load().List) book.Take(part).ShouldBeOneOf(Terminals.Lists.ListTaking.Whole, Terminals.Lists.ListTaking.Delta, Terminals.Lists.ListTaking.Younger);
        versions.ShouldContain(book.Version, $"moment {moment}");
        return true;
    }

    private string Given(DeviceKind audience)
    {
        var file = Path.Combine(_directory.Make(Guid.NewGuid().ToString("N")), "terminal.db");
        using var store = TerminalStore.Open(file);
        store.PutList(_school.Sign(List(audience, 1)));
        return file;
    }

    private static Domain.Lists.OfflineList List(DeviceKind audience, long version, params int[] others) =>
        School.List(audience, Now, [School.Person(1, allowance: 10_000), .. others.Select(person => School.Person(person))], version);

    private static List<Guid> Queue(string file)
    {
        using var store = TerminalStore.Open(file);
        return [.. store.Next(0, 100).Select(fact => fact.Operation.ToGuid())];
    }

    private static SaleLine[] Lunch(long kopecks) => [new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = kopecks }];

    /// <summary>Goes at one moment; what is on the disk then is left in another directory.</summary>
    private sealed class Power(int moment, string file)
    {
        private int _moments;

        public string? Left { get; private set; }

        public void Watch(StoreMoment at)
        {
            if (Left is not null) throw new PowerCut();
            if (++_moments != moment) return;
            var left = Directory.CreateDirectory(Path.GetDirectoryName(file) + "-left").FullName;
            foreach (var part in Directory.GetFiles(Path.GetDirectoryName(file)!)) File.Copy(part, Path.Combine(left, Path.GetFileName(part)));
            Left = Path.Combine(left, Path.GetFileName(file));
            throw new PowerCut();
        }
    }

    private sealed class PowerCut : Exception;
}
