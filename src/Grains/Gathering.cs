namespace Zvonok.Grains;

/// <summary>
/// A grain's requests, served in the order in which they came, and as many together as came while the ones before were served: the journal takes
/// rows of one grain that go together for little more than one row. To be used within the grain's turns.
/// </summary>
/// <param name="serve">Serves what has gathered; every request has its answer or its failure when it returns, and it does not throw.</param>
/// <typeparam name="TRequest">What is asked for.</typeparam>
internal sealed class Gathering<TRequest>(Func<IReadOnlyList<TRequest>, Task> serve)
{
    private List<TRequest> _gathered = [];
    private List<TRequest> _spare = [];
    private bool _isServing;

    /// <summary>Adds a request; how many there may be is Orleans' to say, which counts them all as calls in progress.</summary>
    public void Add(TRequest request)
    {
        _gathered.Add(request);
        if (!_isServing) _ = ServeAll();
    }

    private async Task ServeAll()
    {
        _isServing = true;
        try
        {
            while (_gathered.Count > 0)
            {
                var requests = _gathered;
                _gathered = _spare;
                await serve(requests);
                requests.Clear();
                _spare = requests;
            }
        }
        finally
        {
            _isServing = false;
        }
    }
}
