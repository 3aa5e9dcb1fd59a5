namespace Zvonok.Api.Hosting;

/// <summary>A device's call of its own: what the doors of all other services leave to <see cref="FaultInterceptor"/>, without its three state machines.</summary>
internal static class DeviceCall
{
    /// <summary>The answer in the service's shape, or the status of what went wrong.</summary>
    public static async Task<TResponse> Answer<TAnswer, TResponse>(ValueTask<TAnswer> answer, Func<TAnswer, TResponse> shape, ServerCallContext call, ILogger logger)
    {
        try
        {
            return shape(await answer);
        }
        catch (Exception exception)
        {
            throw Faults.ToRpcException(exception, call.Method, logger);
        }
    }
}
