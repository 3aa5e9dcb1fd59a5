global using NodaTime;
global using Orleans;
