using System.Collections.Concurrent;
using Google.Type;
using Grpc.Net.Client;
using Zvonok.Family.V1;

namespace Zvonok.Load.Reads;

/// <summary>A city's parents, who ask by unary calls over some connections. Every answer is checked against what the month was.</summary>
internal sealed class Parents : IDisposable
{
    // As many as a telephone shows before it asks for more.
    private const int PageSize = 20;

    private readonly City _city;
    private readonly SchoolMonth _month;
    private readonly Failures _failures;
    private readonly GrpcChannel[] _channels;
    private readonly FamilyService.FamilyServiceClient[] _families;

    // Whoever has seen the first page may turn it.
    private readonly ConcurrentQueue<(int Pupil, string Token)> _turning = new();

    public Parents(Uri address, int connections, City city, SchoolMonth month, Failures failures)
    {
        (_city, _month, _failures) = (city, month, failures);
        _channels = [.. Enumerable.Range(0, connections).Select(_ => Connection.Open(address))];
        _families = [.. _channels.Select(channel => new FamilyService.FamilyServiceClient(channel))];
    }

    /// <summary>Asks and checks the answer; a failure is counted, never thrown.</summary>
    public async Task Ask(ReadStep step)
    {
        try
        {
            await (step.Kind switch
            {
                ReadKind.Activation => GetAccount(step.Pupil),
                ReadKind.DayReport => GetDayReport(step.Pupil, step.Day),
                ReadKind.WeekReport => GetWeekReport(step.Pupil, step.Day),
                ReadKind.FirstPage => ListNewest(step.Pupil),
                _ => TurnPage(),
            });
        }
        catch (Exception failure)
        {
            _failures.Add($"{step.Kind}", failure);
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
    }

    private async Task GetAccount(int pupil)
    {
        var answer = await FamilyOf(pupil).GetAccountAsync(new GetAccountRequest { AccountNumber = NumberOf(pupil) });
        Check(answer.LastEntryNumber == _month.EntriesOf(pupil) && answer.MealBalanceKopecks == _month.BalanceOf(pupil), "an account stands elsewhere");
    }

    private async Task GetDayReport(int pupil, int day)
    {
        var answer = await FamilyOf(pupil).GetDayReportAsync(new GetDayReportRequest { AccountNumber = NumberOf(pupil), Date = DateOf(day) });
        var lunches = SchoolMonth.Attends(pupil, day) ? 1 : 0;
        Check(answer.Meals.BoughtCount == lunches && answer.Spent.MealKopecks == lunches * Menu.PriceFor(pupil), "a day's report tells of another day");
        Check(answer.TimeInside.Seconds > 0 == _month.IsSeen(pupil, day) && answer.Balances.MealKopecks == _month.BalanceOf(pupil), "a day's report tells another time inside or balance");
    }

    private async Task GetWeekReport(int pupil, int day)
    {
        var answer = await FamilyOf(pupil).GetWeekReportAsync(new GetWeekReportRequest { AccountNumber = NumberOf(pupil), Date = DateOf(day) });
        var lunches = _month.LunchesInWeekOf(pupil, day);
        Check(answer.Meals.BoughtCount == lunches && answer.Spent.MealKopecks == lunches * Menu.PriceFor(pupil), "a week's report tells of another week");
        Check(answer.Days.Count(one => one.TimeInside.Seconds > 0) == _month.SeenInWeekOf(pupil, day), "a week's report tells of another time inside");
    }

    private async Task ListNewest(int pupil)
    {
        var answer = await FamilyOf(pupil).ListHistoryAsync(new ListHistoryRequest { AccountNumber = NumberOf(pupil), PageSize = PageSize });
        var all = _month.EntriesOf(pupil) + _month.PassagesOf(pupil);
        Check(answer.Records.Count == Math.Min(all, PageSize) && answer.NextPageToken.Length > 0 == all > PageSize, "a first page has other records");
        if (answer.NextPageToken.Length > 0) _turning.Enqueue((pupil, answer.NextPageToken));
    }

    private async Task TurnPage()
    {
        if (!_turning.TryDequeue(out var turning))
        {
            _failures.Add("nobody had seen a first page yet");
            return;
        }

        var (pupil, token) = turning;
        var answer = await FamilyOf(pupil).ListHistoryAsync(new ListHistoryRequest { AccountNumber = NumberOf(pupil), PageSize = PageSize, PageToken = token });
        var left = _month.EntriesOf(pupil) + _month.PassagesOf(pupil) - PageSize;
        Check(answer.Records.Count == Math.Min(left, PageSize), "a next page has other records");
    }

    private FamilyService.FamilyServiceClient FamilyOf(int pupil) => _families[pupil % _families.Length];

    private long NumberOf(int pupil) => _city.PupilAt(pupil).Account.Value;

    private Date DateOf(int day) => new() { Year = _month.Days[day].Year, Month = _month.Days[day].Month, Day = _month.Days[day].Day };

    private void Check(bool isRight, string otherwise)
    {
        if (!isRight) _failures.Add(otherwise);
    }
}
