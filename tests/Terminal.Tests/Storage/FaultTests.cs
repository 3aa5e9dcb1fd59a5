using Microsoft.Data.Sqlite;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Storage;
using Zvonok.Till.V1;
using DaySpending = Zvonok.Domain.Accounts.DaySpending;

namespace Zvonok.Terminals.Tests.Storage;

/// <summary>A disk that is full, and a file that is broken.</summary>
[Trait("Rule", "O2")]
public sealed class FaultTests : IDisposable
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");
    private readonly TemporaryDirectory _directory = new("zvonok-fault");
    private readonly School _school = new();
    private bool _isFull;

    private string File => Path.Combine(_directory.Path, "terminal.db");

    public void Dispose()
    {
        _school.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task With_a_full_disk_a_gate_admits_says_so_and_writes_it_down_when_there_is_room()
    {
        Given(DeviceKind.Gate);
        var gate = GateTerminal.Start(_school.Options(File, isTill: false, Nowhere), Full);
        _isFull = true;
        var first = await gate.Tap(School.Uid(1), Gate.V1.Direction.In);
        var second = await gate.Tap(School.Uid(1), Gate.V1.Direction.Out);
        (first.IsAdmitted, first.IsDurable, second.IsAdmitted).ShouldBe((true, false, true));
        gate.Status.ShouldSatisfyAllConditions(status => status.Unsaved.ShouldBe(2), status => status.StoreFault.ShouldNotBeNull().ShouldContain("full"));

        _isFull = false;
        (await gate.Tap(School.Uid(1), Gate.V1.Direction.In)).IsDurable.ShouldBeTrue();
        gate.Status.ShouldSatisfyAllConditions(status => (status.Unsaved, status.Queued).ShouldBe((0, 3)), status => status.StoreFault.ShouldBeNull());
        await gate.DisposeAsync();
        Facts<Gate.V1.UploadFactsRequest>(File, Gate.V1.UploadFactsRequest.Parser).Select(fact => fact.Passage.Direction)
            .ShouldBe([Gate.V1.Direction.In, Gate.V1.Direction.Out, Gate.V1.Direction.In]);
    }

    [Fact]
    public async Task With_a_full_disk_a_till_sells_nothing_by_itself()
    {
        Given(DeviceKind.Till);
        await using var till = TillTerminal.Start(_school.Options(File, isTill: true, Nowhere), Full);
        _isFull = true;
        (await till.Sell(School.Uid(1), Lunch(100))).ShouldSatisfyAllConditions(decision => decision.Outcome.ShouldBe(TillOutcome.NotNow), decision => decision.NotNow.ShouldBe(NotNowReason.StoreBroken));
        _isFull = false;
        (await till.Sell(School.Uid(1), Lunch(10_000))).IsGranted.ShouldBeTrue("what was not sold has used nothing up");
        till.Status.Queued.ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_file_is_put_aside_and_what_can_be_read_of_its_queue_goes_on()
    {
        Given(DeviceKind.Till);
        await using (var till = TillTerminal.Start(_school.Options(File, isTill: true, Nowhere)))
            for (var n = 0; n < 20; n++) (await till.Sell(School.Uid(1), Lunch(100))).IsGranted.ShouldBeTrue();
        BreakWhatWasSold(File);

        await using var again = TillTerminal.Start(_school.Options(File, isTill: true, Nowhere));
        var aside = again.Status.BrokenFile.ShouldNotBeNull();
        System.IO.File.Exists(aside).ShouldBeTrue();
        again.Status.Queued.ShouldBe(20);
        again.Status.ListVersion.ShouldBe(1);
        (await again.Sell(School.Uid(1), Lunch(100))).IsGranted.ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "M10")]
    public void A_file_from_before_rides_were_in_it_goes_on_and_is_rescued_too()
    {
        string old = File + "-old", broken = File + "-broken", next = File + "-next";
        foreach (var file in (string[])[old, broken])
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"{StoreSchema.Steps[0]} pragma user_version = 1; insert into sold values (x'01980000000070008000000000000001', 7, 20000, 300, 200, null, null, null);";
            command.ExecuteNonQuery();
        }

        using (var store = TerminalStore.Open(old)) store.Load().Sold.ShouldHaveSingleItem().Spending.ShouldBe(new DaySpending(new Money(300), new Money(200)));
        using var again = TerminalStore.Open(next);
        using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = broken, Pooling = false }.ConnectionString))
        {
            source.Open();
            again.Rescue(source);
        }

        again.Load().Sold.ShouldHaveSingleItem().Spending.ShouldBe(new DaySpending(new Money(300), new Money(200)));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_put_aside_and_gates_go_on()
    {
        var rubbish = Enumerable.Range(0, 9_000).Select(n => (byte)(n * 7)).ToArray();
        await System.IO.File.WriteAllBytesAsync(File, rubbish);
        await using var gate = GateTerminal.Start(_school.Options(File, isTill: false, Nowhere));
        (await gate.Tap(School.Uid(1), Gate.V1.Direction.In)).ShouldSatisfyAllConditions(
            decision => decision.Reason.ShouldBe(Gate.V1.RefusalReason.CardUnknown), decision => decision.IsDurable.ShouldBeTrue());
        (await System.IO.File.ReadAllBytesAsync(gate.Status.BrokenFile.ShouldNotBeNull())).ShouldBe(rubbish);
    }

    [Fact]
    public async Task Where_no_file_can_be_made_a_gate_decides_and_a_till_does_not()
    {
        var nowhere = Path.Combine(_directory.Path, "no", "such", "directory", "terminal.db");
        await using (var gate = GateTerminal.Start(_school.Options(nowhere, isTill: false, Nowhere)))
        {
            gate.SetFireInput(true);
            (await gate.Tap(School.Uid(1), Gate.V1.Direction.In)).ShouldSatisfyAllConditions(decision => decision.IsAdmitted.ShouldBeTrue(), decision => decision.IsDurable.ShouldBeFalse());
            gate.Status.StoreFault.ShouldNotBeNull();
        }

        await using var till = TillTerminal.Start(_school.Options(nowhere, isTill: true, Nowhere));
        (await till.Sell(School.Uid(1), Lunch(100))).IsGranted.ShouldBeFalse();
    }

    private static List<T> Facts<T>(string file, Google.Protobuf.MessageParser<T> parser)
        where T : Google.Protobuf.IMessage<T>
    {
        using var store = TerminalStore.Open(file);
        return [.. store.Next(0, 100).Select(fact => parser.ParseFrom(fact.Body))];
    }

    private static SaleLine[] Lunch(long kopecks) => [new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = kopecks }];

    // The root page of a table that has no part in the queue.
    private static void BreakWhatWasSold(string file)
    {
        long page, size;
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString))
        {
            connection.Open();
            page = Scalar(connection, "select rootpage from sqlite_schema where name = 'sold'");
            size = Scalar(connection, "pragma page_size");
        }

        using var stream = System.IO.File.OpenWrite(file);
        stream.Position = (page - 1) * size;
        stream.Write(Enumerable.Repeat((byte)0xEE, 64).ToArray());
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Full(StoreMoment at)
    {
        if (_isFull && at == StoreMoment.Before) throw new SqliteException("database or disk is full", 13);
    }

    private void Given(DeviceKind audience)
    {
        using var store = TerminalStore.Open(File);
        store.PutList(_school.Sign(School.List(audience, Now, [School.Person(1, allowance: 10_000)])));
    }
}
