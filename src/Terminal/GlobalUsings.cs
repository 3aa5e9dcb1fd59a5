global using NodaTime;
global using Zvonok.Domain;
