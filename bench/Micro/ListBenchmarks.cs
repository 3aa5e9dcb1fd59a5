using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Lists;
using Zvonok.Domain.Lists;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Lists;
using Zvonok.Grains.Registry;
using Zvonok.Journal;
using Zvonok.Journal.Commit;
using Zvonok.Processes;

namespace Zvonok.Micro;

/// <summary>
/// The list of a school with 2,500 cards (O1), everybody with meals at public cost and two ordered, every fifth with a stop list: what it takes to read and make it, to sign and send it. Its bytes are
/// printed before the table.
/// </summary>
[MemoryDiagnoser]
public class ListBenchmarks
{
    private const int Cards = 2_500;

    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private static readonly ListMasterKey Key = new(new byte[ListMasterKey.Length]);
    private static readonly TokenKeys Tokens = new(Samples.Key);
    private static readonly ListSigner Signer = new(ListSigner.NewKey());
    private static readonly ListName Tills = new(Samples.School, DeviceKind.Till, Key.Id);

    private readonly string _directory = Directory.CreateTempSubdirectory("zvonok-lists-").FullName;
    private TemporaryPostgres? _postgres;
    private ServiceProvider _store = null!;
    private IListSource _source = null!;
    private ListFacts _facts = null!;
    private OfflineList _list = null!;
    private OfflineList _next = null!;

    /// <summary>Where the journal is.</summary>
    [Params("PostgreSQL", "SQLite")]
    public string Store { get; set; } = "";

    /// <summary>Fills a school.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        var settings = new Dictionary<string, string?> { ["Zvonok:DataDirectory"] = _directory, ["Zvonok:Journal:DeadlineMilliseconds"] = "10000" };
        if (Store == "PostgreSQL")
        {
            _postgres = await TemporaryPostgres.Start();
            settings["ConnectionStrings:Zvonok"] = await _postgres.CreateDatabase("lists");
        }

        _store = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddZvonokJournal().BuildServiceProvider();
        await _store.GetRequiredService<JournalStartup>().Prepare(CancellationToken.None);
        _store.GetRequiredService<GroupCommit>().Start();
        await Fill();
        _source = _store.GetRequiredService<IListSource>();
        var facts = (await _source.Read(Tills, Today, Today.PlusDays(8)))!.Facts;
        await _source.Enroll(Samples.School, [.. facts.Accounts.Keys]);
        _facts = (await _source.Read(Tills, Today, Today.PlusDays(8)))!.Facts with { Allowance = new Money(30_000) };
        _list = Make() with { Version = Now.ToUnixTimeSeconds() };
        var lost = _facts.Cards[0] with { State = CardState.Lost };
        _next = ListRules.Make(_facts with { Cards = [lost, .. _facts.Cards.Skip(1)] }, DeviceKind.Till, Key.Of(Samples.School), Tokens, Now, Duration.FromHours(72)) with { Version = _list.Version + 60 };
        var gates = ListRules.Make(_facts, DeviceKind.Gate, Key.Of(Samples.School), Tokens, Now, Duration.FromHours(72)) with { Version = _list.Version };
        Console.WriteLine(
            $"// {_list.Holders.Length} holders: tills {SignAndEncode()} bytes, gates {SignedLists.Sign(gates, Signer).CalculateSize()}, delta of one change {SignedLists.Sign(ListDeltas.Diff(_list, _next), Signer).CalculateSize()}");
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _store.GetRequiredService<GroupCommit>().Stop();
        await _store.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>All of it: from the database to a list (goal: 50 ms).</summary>
    [Benchmark(Baseline = true)]
    public async Task<ListDigest> ReadAndMake()
    {
        var reading = (await _source.Read(Tills, Today, Today.PlusDays(8)))!;
        return ListRules.Make(reading.Facts, DeviceKind.Till, Key.Of(Samples.School), Tokens, Now, Duration.FromHours(72)).Digest;
    }

    /// <summary>The same for gates, who are told of cards alone.</summary>
    [Benchmark]
    public async Task<ListDigest> ReadAndMakeForGates()
    {
        var reading = (await _source.Read(Tills with { Audience = DeviceKind.Gate }, Today, Today.PlusDays(8)))!;
        return ListRules.Make(reading.Facts, DeviceKind.Gate, Key.Of(Samples.School), Tokens, Now, Duration.FromHours(72)).Digest;
    }

    /// <summary>Making it alone, with all its tokens and its digest.</summary>
    [Benchmark]
    public OfflineList Make() => ListRules.Make(_facts, DeviceKind.Till, Key.Of(Samples.School), Tokens, Now, Duration.FromHours(72));

    /// <summary>What has changed in it.</summary>
    [Benchmark]
    public ListDelta Diff() => ListDeltas.Diff(_list, _next);

    /// <summary>The whole list as it is sent, signed.</summary>
    [Benchmark]
    public int SignAndEncode() => SignedLists.Sign(_list, Signer).ToByteArray().Length;

    /// <summary>A device applies a delta and checks the digest.</summary>
    [Benchmark]
    public ListApplication Apply() => ListDeltas.Apply(_list, ListDeltas.Diff(_list, _next)).Outcome;

    private static LocalDate Today => Now.InUtc().Date;

    private async Task Fill()
    {
        var rows = new List<RegistryRow> { new BuildingRow(1, new BuildingProfile(Samples.School, "Europe/Moscow")) };
        for (var n = 1; n <= Cards; n++)
        {
            rows.Add(new AccountRow(n, Profile(n)));
            rows.Add(new CardRow(n, new Card
            {
                Token = Samples.Key.TokenOf(BitConverter.GetBytes(n)), Kind = CardKind.SchoolCard, State = CardState.Active, Account = AccountNumber.FromSerial(n), Rights = new AccessRights(Samples.School),
            }));
        }

        var outcome = await _store.GetRequiredService<IRegistry>().Import(rows, CancellationToken.None);
        if (outcome.Bad.Count > 0) throw new InvalidOperationException(outcome.Bad[0].Reason);
        var journal = _store.GetRequiredService<IJournal>();
        await Parallel.ForAsync(1, Cards + 1, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, _) =>
        {
            var entry = Samples.Entry() with { Account = AccountNumber.FromSerial(n), Seq = 1, MealAfter = new Money(n % 10 == 0 ? 20_000 : 50_000), SpentOn = Today };
            var append = new AccountAppend(entry) { Profile = Profile(n) with { Version = 1 }, OrdersPlaced = [Order(entry, 0, n), Order(entry, 1, n)] };
            if (await journal.Append(append) != AppendOutcome.Committed) throw new InvalidOperationException($"Account {n} was not written.");
        });
    }

    private static AccountProfile Profile(int n) => Samples.Profile with
    {
        Number = AccountNumber.FromSerial(n),
        Entitlements = new EntitlementList(new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Breakfast, MealKind.Lunch), new WeekdaySet(0xFE), Today.PlusDays(-100), Today.PlusDays(100))),
        StopList = n % 5 == 0 ? new StopList(Allergens.Nuts, buffet: StopStrength.Soft, products: new ProductStop(ContraAccount.Operator(1), "BUN-03", StopStrength.Hard)) : null,
    };

    private static OpenOrder Order(Entry entry, int days, int n) => new(entry.Seq + days, entry.Operation, new MealOrder(
        Samples.School, Today.PlusDays(days), MealKind.Lunch, ContraAccount.Operator(1), [new SaleLine($"MAIN-{n % 5}", ProductCategory.HotMeal, 1, new Money(9_000), Allergens.Milk)], Now, IsKept: false));
}
