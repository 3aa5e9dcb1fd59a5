using System.Diagnostics;
using HdrHistogram;
using Microsoft.Data.Sqlite;
using Zvonok.Domain.Lists;
using Zvonok.Terminals;
using Zvonok.Terminals.Storage;
using Direction = Zvonok.Gate.V1.Direction;
using OfflineList = Zvonok.Domain.Lists.OfflineList;

namespace Zvonok.Micro;

/// <summary>
/// What a gate and a till without connection take for one decision, on the disk before it is answered, with a list of 2,500 cards and 20,000 facts in the queue. Goal: 5 ms at p99.9 on one core. The percentiles are written when a case is over.
/// </summary>
public class TerminalBenchmarks
{
    private const int People = 2_500;
    private const int QueuedFacts = 20_000;
    private static readonly BuildingId Building = new(1501);
    private readonly LongHistogram _ticks = new(TimeSpan.FromSeconds(10).Ticks, 3);
    private string _directory = "";
    private GateTerminal? _gate;
    private TillTerminal? _till;
    private int _next;

    [GlobalSetup(Target = nameof(GateDecides))]
    public void OpenGate() => _gate = GateTerminal.Start(Prepare(DeviceKind.Gate));

    [GlobalSetup(Target = nameof(TillSells))]
    public void OpenTill() => _till = TillTerminal.Start(Prepare(DeviceKind.Till));

    [GlobalCleanup]
    public void Close()
    {
        _gate?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _till?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_directory, recursive: true);
        var us = (double p) => _ticks.GetValueAtPercentile(p) / (double)TimeSpan.TicksPerMicrosecond;
        Console.WriteLine($"// {_ticks.TotalCount} decisions, us: p50 {us(50):0} p99 {us(99):0} p99.9 {us(99.9):0} max {us(100):0}");
    }

    [Benchmark]
    public async Task<bool> GateDecides()
    {
        var began = Stopwatch.GetTimestamp();
        var decision = await _gate!.Tap(Uid(_next++ % People), Direction.In);
        _ticks.RecordValue(Stopwatch.GetElapsedTime(began).Ticks);
        return decision is { IsAdmitted: true, IsDurable: true } ? true : throw new InvalidOperationException("It should be admitted.");
    }

    [Benchmark]
    public async Task<bool> TillSells()
    {
        var began = Stopwatch.GetTimestamp();
        var decision = await _till!.Sell(Uid(_next++ % People), [new Till.V1.SaleLine { ProductCode = "CAKE", Category = Till.V1.ProductCategory.Buffet, Quantity = 1, UnitPriceKopecks = 1 }]);
        _ticks.RecordValue(Stopwatch.GetElapsedTime(began).Ticks);
        return decision.IsGranted ? true : throw new InvalidOperationException("It should be sold.");
    }

    private static byte[] Uid(int person) => [1, 2, (byte)(person >> 8), (byte)person, 5, 6, 7];

    private TerminalOptions Prepare(DeviceKind audience)
    {
        _directory = Directory.CreateTempSubdirectory("zvonok-micro").FullName;
        var (file, now) = (Path.Combine(_directory, "terminal.db"), SystemClock.Instance.GetCurrentInstant());
        using var signer = new ListSigner(ListSigner.NewKey());
        var key = new ListMasterKey(new byte[32]).Of(Building);
        using (var store = TerminalStore.Open(file)) store.PutList(Api.Lists.SignedLists.Sign(List(audience, key, now), signer));
        Queue(file, now);
        return new TerminalOptions
        {
            Addresses = [new Uri("http://127.0.0.1:9")], DataFile = file, Devices = [601], Building = Building.Value, Operator = audience == DeviceKind.Till ? 7 : 0,
            ListKeyId = key.Id, ListKey = key.ToBytes(), SigningKeys = [signer.PublicKey],
        };
    }

    // In one transaction: as many of their own would take a minute.
    private static void Queue(string file, Instant now)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "insert into fact (operation, body) values (@operation, zeroblob(120))";
        var (random, operation) = (new Random(1), command.Parameters.AddWithValue("@operation", Array.Empty<byte>()));
        for (var n = 0; n < QueuedFacts; n++)
        {
            operation.Value = OperationId.Create(now, random).ToGuid().ToByteArray(bigEndian: true);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static OfflineList List(DeviceKind audience, ListKey key, Instant now)
    {
        var (day, allowance) = (Domain.Time.Calendars.DayOf(now, "Europe/Moscow"), new OfflineAllowance(new Money(1_000_000), new Money(1_000_000), new Money(1_000_000)));
        return new OfflineList(
            new ListTerms(Building, audience, key.Id, BuildingMode.Normal, "Europe/Moscow", day, day.PlusDays(1), allowance.Total), [],
            Enumerable.Range(0, People).Select(person => new Holder
            {
                Handle = person + 1, Kind = AccountKind.Pupil, Cards = [new ListedCard(key.TokenOf(CardDigest.Of(Uid(person))), CardState.Active, null)], Allowance = allowance, NextAllowance = allowance,
            }))
        {
            Version = 1, MadeAt = now, ValidUntil = now + Duration.FromHours(72),
        };
    }
}
