using Zvonok.Grains.Journal;

namespace Zvonok.Grains;

/// <summary>What is wrong with an operation id, said the same way by every grain, and by a door that gives one id to many.</summary>
public static class OperationGuard
{
    /// <summary>An id from the future would make every honest id look old, and each would be looked up: it is an error, and the remedy is the client's clock.</summary>
    public static void RefuseFuture(OperationId operation, IClock clock)
    {
        if (OperationRules.IsFromTheFuture(operation, clock.GetCurrentInstant()))
            throw new OperationFromFutureException(
                $"Operation {operation} was made more than {OperationRules.FutureSkewMax.TotalMinutes:0} minutes ahead of the server's clock: set the clock and make a new id.");
    }

    /// <summary>The same id, another content.</summary>
    internal static OperationReusedException Reused(OperationId operation) => new(
        "operation_id", $"Operation {operation} was used before for something else: every new operation needs a new id.");
}
