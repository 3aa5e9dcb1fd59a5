using Grpc.Core;

namespace Zvonok.Simulation.Devices;

/// <summary>Why a stream gives no more answers.</summary>
internal static class StreamEnd
{
    /// <summary>Waits for the end and tells the reason in the form in which a unary call would have failed.</summary>
    public static async Task<RpcException> Of(Task completion)
    {
        try
        {
            await completion;
            return new RpcException(new Status(StatusCode.Unavailable, "The server has ended the stream."));
        }
        catch (RpcException failure)
        {
            return failure;
        }
        catch (Exception failure)
        {
            return new RpcException(new Status(StatusCode.Unavailable, failure.Message, failure));
        }
    }
}
