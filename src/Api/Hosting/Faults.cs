using System.Data.Common;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Zvonok.Api.Till;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.City;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Lists;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Hosting;

/// <summary>What went wrong, as gRPC says it (D2). Refusals are not here: they are answers.</summary>
internal static class Faults
{
    private static readonly Google.Protobuf.WellKnownTypes.Duration RetryDelay = new() { Nanos = 200_000_000 };

    /// <summary>The status of an exception that a door's own code or a grain threw; null when it is unexpected.</summary>
    public static Status? StatusOf(Exception exception) => exception switch
    {
        BadFieldException bad => BadField(bad.Field, bad.Message),
        NotFoundException missing => Make(Code.NotFound, missing.Message),
        HolderUnknownException unknown => Make(Code.NotFound, unknown.Message),
        BuildingUnknownException unknown => Make(Code.NotFound, unknown.Message),
        OperationReusedException reused => Make(Code.AlreadyExists, reused.Message, Violation(reused.Field, reused.Message)),
        FeedPositionAheadException ahead => Make(Code.OutOfRange, ahead.Message),
        CityDayOpenException open => Make(Code.OutOfRange, open.Message),
        OperationFromFutureException future => BadField("operation_id", future.Message),
        MessageTooLargeException large => Make(Code.ResourceExhausted, large.Message),
        ReportTooLargeException large => Make(Code.ResourceExhausted, large.Message),
        ListTooLargeException large => Make(Code.ResourceExhausted, large.Message),
        JournalOverloadedException overloaded => Exhausted(overloaded.Message),
        LimitExceededException => Exhausted("Too much waits for this account, building or card already: repeat a little later."),
        JournalUnavailableException unavailable => Make(Code.Unavailable, unavailable.Message),
        StaleActivationException stale => Make(Code.Unavailable, stale.Message + " Repeat the same operation."),
        // Orleans cancels a message that has waited too long for its grain's place, and another silo that cannot read who the members are answers with what its
        // database said. The journal's own troubles have a name.
        TimeoutException or OrleansException or OperationCanceledException or DbException => Make(Code.Unavailable, "The outcome is not known: repeat the same operation."),
        _ => null,
    };

    /// <summary>The same, and for what is unexpected a status that says so; it is logged then.</summary>
    public static Status StatusOf(Exception exception, string method, ILogger logger)
    {
        if (StatusOf(exception) is { } status) return status;
        Log.Unexpected(logger, method, exception);
        return Make(Code.Internal, "An unexpected fault was logged; repeat the same operation later.");
    }

    /// <summary>How a call of its own fails.</summary>
    public static RpcException ToRpcException(Exception exception, string method, ILogger logger) =>
        exception as RpcException ?? StatusOf(exception, method, logger).ToRpcException();

    public static Status Exhausted(string message) =>
        Make(Code.ResourceExhausted, message, new RetryInfo { RetryDelay = RetryDelay });

    private static Status BadField(string field, string message) =>
        Make(Code.InvalidArgument, $"{field}: {message}", Violation(field, message));

    private static BadRequest Violation(string field, string message) =>
        new() { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = message } } };

    private static Status Make(Code code, string message, params Google.Protobuf.IMessage[] details)
    {
        var status = new Status { Code = (int)code, Message = message };
        foreach (var detail in details) status.Details.Add(Any.Pack(detail));
        return status;
    }
}

/// <summary>A field of a request is wrong; the message says how it should be.</summary>
internal sealed class BadFieldException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}

/// <summary>A message has more bytes than its door takes. The same message sent again would be refused again, so no delay is told.</summary>
internal sealed class MessageTooLargeException(string message) : Exception(message);

/// <summary>What a request names does not exist.</summary>
internal sealed class NotFoundException(string message) : Exception(message)
{
    public static NotFoundException Device(int id) => new($"device_id: device {id} is not registered: import it first.");

    public static NotFoundException Building(BuildingId id) => new($"building_id: building {id} is not registered: import it first.");

    public static NotFoundException Account(AccountNumber number) => new($"account_number: account {number} is not registered.");
}
