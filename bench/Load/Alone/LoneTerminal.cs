using Microsoft.Data.Sqlite;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Terminals;
using Zvonok.Terminals.Storage;
using OfflineList = Zvonok.Domain.Lists.OfflineList;

namespace Zvonok.Load.Alone;

/// <summary>A terminal that nobody answers: it has a full list and a long queue.</summary>
internal sealed class LoneTerminal : IDisposable
{
    // Room for as many facts as a fact takes: 120 bytes.
    private const string Queue = "insert into fact (operation, body) values (@operation, zeroblob(120))";
    private static readonly BuildingId Building = new(1501);
    private static readonly Money Plenty = new(100_000_000);
    private readonly string _directory = Directory.CreateTempSubdirectory("zvonok-load-terminal").FullName;

    public LoneTerminal(TerminalsSettings settings, DeviceKind audience)
    {
        var (file, now) = (Path.Combine(_directory, "terminal.db"), SystemClock.Instance.GetCurrentInstant());
        using var signer = new ListSigner(ListSigner.NewKey());
        var key = new ListMasterKey(new byte[32]).Of(Building);
        using (var store = TerminalStore.Open(file)) store.PutList(Api.Lists.SignedLists.Sign(List(settings.Cards, audience, key, now), signer));
        Fill(file, settings.Queued, now);
        Options = new TerminalOptions
        {
            Addresses = [new Uri("http://127.0.0.1:9")], DataFile = file, Devices = [601], Building = Building.Value, Operator = audience == DeviceKind.Till ? 7 : 0,
            ListKeyId = key.Id, ListKey = key.ToBytes(), SigningKeys = [signer.PublicKey],
        };
    }

    /// <summary>What it is started with.</summary>
    public TerminalOptions Options { get; }

    /// <summary>The radio number of a person on the list.</summary>
    public static byte[] CardOf(int person) => [1, 2, (byte)(person >> 8), (byte)person, 5, 6, 7];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // In one transaction: as many of their own would take a minute.
    private static void Fill(string file, int count, Instant now)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = Queue;
        var (random, operation) = (new Random(1), command.Parameters.AddWithValue("@operation", Array.Empty<byte>()));
        for (var n = 0; n < count; n++)
        {
            operation.Value = OperationId.Create(now, random).ToGuid().ToByteArray(bigEndian: true);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static OfflineList List(int people, DeviceKind audience, ListKey key, Instant now)
    {
        var (day, allowance) = (Domain.Time.Calendars.DayOf(now, "Europe/Moscow"), new OfflineAllowance(Plenty, Plenty, Plenty));
        return new OfflineList(
            new ListTerms(Building, audience, key.Id, BuildingMode.Normal, "Europe/Moscow", day, day.PlusDays(1), allowance.Total), [],
            Enumerable.Range(0, people).Select(person => new Holder
            {
                Handle = person + 1, Kind = AccountKind.Pupil, Cards = [new ListedCard(key.TokenOf(CardDigest.Of(CardOf(person))), CardState.Active, null)], Allowance = allowance, NextAllowance = allowance,
            }))
        {
            Version = 1, MadeAt = now, ValidUntil = now + Duration.FromHours(72),
        };
    }
}
