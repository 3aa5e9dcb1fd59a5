using System.Collections.Concurrent;
using Google.Protobuf;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Connection;
using Zvonok.Till.V1;

namespace Zvonok.Terminals;

/// <summary>
/// What was sent to the core, was not answered in time, and was then not sold: if the core has sold it all the same, it is taken back. In memory alone, since a card's radio number belongs to it: what the till's program takes with it when it
/// dies stays with the core as it is.
/// </summary>
internal sealed class Unsettled(Terminal terminal)
{
    private const int Most = 1_000;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<OperationId, IMessage> _operations = new();
    private readonly ConcurrentDictionary<OperationId, ReverseSaleRequest> _reversals = new();
    private int _isSettling;

    /// <summary>Remembers an operation. What cannot be taken back is not asked again, since to ask might be to do it.</summary>
    public void Add(OperationId operation, IMessage request)
    {
        if (request is (SellRequest or RedeemMealRequest) && _operations.Count < Most) _operations[operation] = request;
    }

    /// <summary>The core has answered after all.</summary>
    public void Heard(OperationId operation, Answer answer)
    {
        if (answer.Message is null || !_operations.TryRemove(operation, out _)) return;
        if (answer.Message is not OperationGranted granted) return;
        var reversal = terminal.NewOperation(null);
        _reversals[reversal] = new ReverseSaleRequest
        {
            OperationId = reversal.ToBytes(), DeviceId = terminal.Options.Devices[0], AccountNumber = granted.AccountNumber, SaleEntryNumber = granted.EntryNumber, EventTime = terminal.Clock.Now.ToTimestamp(),
        };
        Settle();
    }

    /// <summary>Asks again what became of it, and takes back what was sold.</summary>
    public void Settle()
    {
        if (_operations.IsEmpty && _reversals.IsEmpty || Interlocked.Exchange(ref _isSettling, 1) == 1) return;
        _ = Task.Run(async () =>
        {
            try
            {
                foreach (var (operation, request) in _operations)
                    if (await terminal.Ask(operation, request, AnswerWithin) is { Answer: { } answer }) Heard(operation, answer);
                foreach (var (operation, request) in _reversals)
                    if (await terminal.Ask(operation, request, AnswerWithin) is { Answer.Message: not null }) _reversals.TryRemove(operation, out _);
            }
            finally
            {
                Interlocked.Exchange(ref _isSettling, 0);
            }
        });
    }
}
