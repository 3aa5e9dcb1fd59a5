using Google.Rpc;
using Microsoft.Data.Sqlite;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;

namespace Zvonok.Api.Tests.Faults;

/// <summary>Too much load is refused at once, with a delay after which to repeat (D2, D3).</summary>
[Trait("Rule", "D2")]
[Trait("Rule", "D3")]
public sealed class OverloadTests
{
    private const int Callers = 24;

    [Theory]
    [InlineData("Zvonok:OperationsInProgressMax", Callers)]
    [InlineData("Zvonok:Journal:QueueMax", Callers)]
    [InlineData("Zvonok:Grains:QueueMax", 1)]
    public async Task Beyond_the_bound_a_caller_is_told_when_to_repeat_and_the_repeat_succeeds(string bound, int accounts)
    {
        await using var server = await Server.Start((bound, "2"), ("Zvonok:Journal:DeadlineMilliseconds", "10000"));
        var pupils = new List<Pupil>();
        for (var n = 0; n < accounts; n++) pupils.Add(await server.NewPupil());
        var requests = Enumerable.Range(0, Callers).Select(n =>
        {
            var request = BadFieldTests.TopUp(server, pupils[n % accounts]);
            request.BankReference += $"-{n}";
            return request;
        }).ToList();

        // Nobody can write, so whatever is answered now is answered at once.
        Task[] calls;
        await using (await Locked(server))
        {
            calls = [.. requests.Select(request => server.Families.TopUpAsync(request).ResponseAsync)];
            var first = await Task.WhenAny(calls).WaitAsync(Server.Deadline);
            var status = await FaultOf.Call(() => first, StatusCode.ResourceExhausted);
            var delay = status.GetDetail<RetryInfo>().ShouldNotBeNull().RetryDelay.ToTimeSpan();
            delay.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        var refused = new List<int>();
        for (var n = 0; n < Callers; n++)
            if (!await Succeeds(calls[n])) refused.Add(n);
        foreach (var n in refused) (await server.Families.TopUpAsync(requests[n])).Granted.ShouldNotBeNull();

        var sum = 0L;
        foreach (var pupil in pupils) sum += (await server.Get(pupil)).MealBalanceKopecks;
        sum.ShouldBe(Callers * 100);
    }

    // SQLite has one writer at a time: as long as it is the test, the journal waits.
    private static async Task<SqliteConnection> Locked(Server server)
    {
        var database = new SqliteConnection($"Data Source={Path.Combine(server.Directory, "zvonok.db")};Pooling=false");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "begin immediate";
        await command.ExecuteNonQueryAsync();
        return database;
    }

    private static async Task<bool> Succeeds(Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (RpcException fault)
        {
            fault.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
            return false;
        }
    }
}
