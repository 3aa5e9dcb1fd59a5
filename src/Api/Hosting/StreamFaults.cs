using Google.Rpc;

namespace Zvonok.Api.Hosting;

/// <summary>Faults of single operations on a stream that goes on.</summary>
internal static class StreamFaults
{
    public static Google.Rpc.Status StatusOf(Exception exception, string method, ILogger logger)
    {
        if (Faults.StatusOf(exception) is { } status) return status;
        Log.Unexpected(logger, method, exception);
        return new Google.Rpc.Status { Code = (int)Code.Internal, Message = "An unexpected fault was logged; repeat the same operation later." };
    }
}
