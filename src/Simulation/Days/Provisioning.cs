using Grpc.Core;
using Grpc.Net.Client;
using Zvonok.Api.Registry;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using Zvonok.Simulation.Cities;
using Zvonok.Simulation.Devices;

namespace Zvonok.Simulation.Days;

/// <summary>
/// What is done before the day begins: the city registers its buildings, devices, pupils and cards, a card is reported
/// lost, families pay in and set limits.
/// </summary>
/// <param name="channel">Where to.</param>
/// <param name="city">The city.</param>
/// <param name="mishaps">What shall go wrong later.</param>
/// <param name="ids">Where operation ids come from.</param>
/// <param name="score">Where answers are counted.</param>
public sealed class Provisioning(GrpcChannel channel, City city, Mishaps mishaps, OperationIds ids, Scoreboard score) : IProgress<long>
{
    /// <summary>Payments under way at the same time.</summary>
    public const int InFlight = 64;

    private const long Payment = 1_000_00;
    private const long LowPayment = 30_00;
    private const long LowLimit = 100_00;
    private const int ProviderId = 3;

    private readonly FamilyService.FamilyServiceClient _families = new(channel);
    private readonly RegistryService.RegistryServiceClient _registry = new(channel);
    private long _rowsSent;

    /// <summary>How many of the registry's rows went out: 0 to 1.</summary>
    public double Registered => Interlocked.Read(ref _rowsSent) / (double)CityImport.RowCount(city);

    /// <summary>Registers the city, then reports cards lost and blocked.</summary>
    public async Task Register(CancellationToken stop)
    {
        Judge(await CityImport.Send(_registry, city, this, stop));
        Judge(await ImportCall.Send(_registry, [StoppedCards()], stop: stop));
    }

    /// <summary>Pays into every purse, and sets the limits.</summary>
    public async Task FillPurses(CancellationToken stop)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop };
        await Parallel.ForEachAsync(Enumerable.Range(0, city.Plan.Pupils), options, (pupil, stopped) => Count(score.TopUps, () => TopUp(pupil, stopped), stopped));
        await Parallel.ForEachAsync(mishaps.With(Mishap.LimitLow), options, (pupil, stopped) => Count(score.Limits, () => SetLimit(pupil, stopped), stopped));
    }

    void IProgress<long>.Report(long value) => Interlocked.Exchange(ref _rowsSent, value);

    private ImportRequest StoppedCards() => new()
    {
        Rows =
        {
            mishaps.With(Mishap.CardLost).Select(pupil => Card(pupil, CardState.Lost)),
            mishaps.With(Mishap.CardBlocked).Select(pupil => Card(pupil, CardState.Blocked)),
        },
    };

    private Row Card(int index, CardState state)
    {
        var row = CityImport.CardOf(city.PupilAt(index));
        row.Card.State = state;
        return row;
    }

    private void Judge(ImportResponse response)
    {
        if (response.BadCount == 0) return;
        var first = response.BadRows[0];
        score.Fault($"the registry found {response.BadCount} bad rows, first row {first.RowNumber}: {first.Field}: {first.Reason}");
    }

    private async Task<string?> TopUp(int index, CancellationToken stop)
    {
        var request = new TopUpRequest
        {
            OperationId = ids.Next(),
            AccountNumber = city.PupilAt(index).Account.Value,
            Purse = Family.V1.Purse.Meal,
            AmountKopecks = mishaps.Of(index) == Mishap.PurseLow ? LowPayment : Payment,
            ProviderId = ProviderId,
            BankReference = $"first-{index}",
        };
        var response = await _families.TopUpAsync(request, cancellationToken: stop);
        return response.Refused?.Reason.ToString();
    }

    private async Task<string?> SetLimit(int index, CancellationToken stop)
    {
        var request = new SetDailyLimitRequest { OperationId = ids.Next(), AccountNumber = city.PupilAt(index).Account.Value, LimitKopecks = LowLimit };
        var response = await _families.SetDailyLimitAsync(request, cancellationToken: stop);
        return response.Refused?.Reason.ToString();
    }

    // The operation returns why it was refused; here none should be.
    private async ValueTask Count(Tally tally, Func<Task<string?>> operation, CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var refusal = await operation();
            var took = TimeProvider.System.GetElapsedTime(began);
            if (refusal is null)
            {
                tally.Granted(took);
                return;
            }

            tally.Refused(refusal, took);
            score.Fault($"a family was refused: {refusal}");
        }
        catch (RpcException failure) when (!stop.IsCancellationRequested)
        {
            tally.Failed();
            score.Fault(failure.Message);
        }
    }
}
