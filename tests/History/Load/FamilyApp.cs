using Zvonok.Api.Registry;
using Zvonok.Domain.Notices;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Simulation.Receivers;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.History.Load;

/// <summary>One app for all guardians of a city: they subscribe, and afterwards it is known who was told what (A5, A6).</summary>
public sealed class FamilyApp : IAsyncDisposable
{
    private FamilyApp(WebhookReceiver backEnd) => BackEnd = backEnd;

    /// <summary>Where notices arrive.</summary>
    public WebhookReceiver BackEnd { get; }

    public static async Task<FamilyApp> Start() => new(await WebhookReceiver.Start());

    /// <summary>Subscribes the guardians of every registered pupil.</summary>
    public async Task Subscribe(Uri silo, City city, CancellationToken stop = default)
    {
        using var channel = Connection.OpenPatient(silo);
        var guardians = new Guardians(city, BackEnd.Address, hasMail: false);
        var answer = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), guardians.Messages(), stop: stop);
        if (answer.AddedCount != guardians.Count) throw new InvalidOperationException($"Not everybody could subscribe: {answer}");
    }

    /// <summary>The keys of the notices that arrived.</summary>
    public HashSet<string> Arrived() => [.. BackEnd.Arrivals.Select(notice => notice.Key)];

    /// <summary>The keys of those that had to, by the rules, said once more from the rows of the journal.</summary>
    public HashSet<string> Due(City city, IEnumerable<JournalRow> rows)
    {
        var pupils = Enumerable.Range(0, city.Plan.Pupils).ToDictionary(index => city.PupilAt(index).Account.Value);
        var due = new HashSet<string>();
        foreach (var (account, fact) in rows.SelectMany(FactsOf))
        {
            if (!pupils.TryGetValue(account, out var pupil) || !Guardians.IsToldOf(pupil)) continue;
            due.Add($"{fact}/{ReceiverOf(pupil, BackEnd.Address.ToString())}");
            if (Guardians.IsToldTwice(pupil)) due.Add($"{fact}/{ReceiverOf(pupil, $"{BackEnd.Address}?second")}");
        }

        return due;
    }

    public ValueTask DisposeAsync() => BackEnd.DisposeAsync();

    private static IEnumerable<(long Account, string Fact)> FactsOf(JournalRow row)
    {
        switch (row)
        {
            case EntryRow { Kind: EntryRow.Sale } sale:
                yield return (sale.Account, $"account/{sale.Account}/{sale.Seq}/bought");
                if (sale.MealAfter < Guardians.LowBalance && sale.MealAfter - sale.Amount >= Guardians.LowBalance) yield return (sale.Account, $"account/{sale.Account}/{sale.Seq}/low_balance");
                break;
            case EntryRow { Kind: EntryRow.TopUp } topUp:
                yield return (topUp.Account, $"account/{topUp.Account}/{topUp.Seq}/topped_up");
                break;
            case PassageRow { Kind: PassageRow.Tap, Outcome: not Outcome.Refused, Account: not 0 } passage:
                yield return (passage.Account, $"building/{passage.Building}/{passage.Seq}/{(passage.Direction == Direction.In ? "came" : "left")}");
                break;
        }
    }

    private static ReceiverId ReceiverOf(int pupil, string address) =>
        ReceiverId.Of($"guardian-{pupil}", new Domain.Notices.Channel(ChannelKind.Webhook, address));
}
