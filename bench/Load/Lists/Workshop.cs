using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Lists;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Journal;
using Zvonok.Processes;

namespace Zvonok.Load.Lists;

/// <summary>
/// The school's list for tills, built again and again by the silo's own code in this process, on the database that the silo has left: what it takes without the way, in a program that has built many. The silo
/// of a city builds some all the time; one that is asked once in two seconds finds its caches cold.
/// </summary>
internal static class Workshop
{
    private const int Unmeasured = 60;

    /// <summary>Reads, makes and signs.</summary>
    /// <param name="data">The silo's settings.</param>
    /// <param name="school">Whose list.</param>
    /// <param name="times">How often it is measured.</param>
    /// <param name="took">Told of each: reading, and making with signing.</param>
    /// <param name="done">Told how many there are.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task Build(SiloSettings data, BuildingId school, int times, Action<TimeSpan, TimeSpan> took, IProgress<long> done, CancellationToken stop)
    {
        await using var store = Store(data);
        await store.GetRequiredService<JournalStartup>().Prepare(stop);
        var source = store.GetRequiredService<IListSource>();
        // Any keys take as long as the silo's.
        var (master, tokens, signer) = (new ListMasterKey(new byte[ListMasterKey.Length]), new TokenKeys(new TokenKey(new byte[TokenKey.Length])), new ListSigner(ListSigner.NewKey()));
        for (var round = -Unmeasured; round < times; round++)
        {
            var (began, now) = (Stopwatch.GetTimestamp(), SystemClock.Instance.GetCurrentInstant());
            var today = now.InUtc().Date;
            var reading = (await source.Read(new ListName(school, DeviceKind.Till, master.Id), today.PlusDays(-1), today.PlusDays(ListRules.DaysAheadMax + 1)))!;
            var read = Stopwatch.GetElapsedTime(began);
            SignedLists.Sign(ListRules.Make(reading.Facts, DeviceKind.Till, master.Of(school), tokens, now, Duration.FromHours(72)), signer);
            if (round < 0) continue;
            took(read, Stopwatch.GetElapsedTime(began) - read);
            done.Report(round + 1);
        }
    }

    private static ServiceProvider Store(SiloSettings data) => new ServiceCollection().AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Zvonok:DataDirectory"] = data.DataDirectory, ["ConnectionStrings:Zvonok"] = data.ConnectionString,
        }).Build())
        .AddZvonokJournal().BuildServiceProvider();
}
